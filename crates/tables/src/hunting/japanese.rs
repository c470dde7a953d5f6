//! What tables and columns say, in Japanese.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Each line: a table, `Table.Column`, or `.Column` for every other table; a tab; the text.
const TEXTS: &str = include_str!("japanese.tsv");

static BY_KEY: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = TEXTS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// What a hunting table holds, in Japanese; none for a table that there is not.
pub fn table_in_japanese(table: &str) -> Option<&'static str> {
    BY_KEY.get(table).copied()
}

/// What a column of a hunting table says, in Japanese; none for a column that there is not.
pub fn column_in_japanese(table: &str, column: &str) -> Option<&'static str> {
    let own = BY_KEY.get(format!("{table}.{column}").as_str());
    own.or_else(|| BY_KEY.get(format!(".{column}").as_str())).copied()
}
