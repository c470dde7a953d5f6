//! `ConvertTo-Csv` and `Export-Csv`.

use super::{Fields, Kind};
use crate::lines::Line;

/// Columns of one row; no object has more.
const MOST_COLUMNS: usize = 512;

/// The titles of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comma {
    titles: Vec<String>,
    separator: char,
}

impl Comma {
    /// Reads the titles; none for those of other objects. Windows may set a semicolon or a tab as separator.
    pub(super) fn start(text: &str) -> Option<(Kind, Self)> {
        [',', ';', '\t'].into_iter().find_map(|separator| {
            let titles = split(text.trim(), separator)?;
            let has = |wanted: &str| titles.iter().any(|title| title.eq_ignore_ascii_case(wanted));
            let kind = Kind::of(&has)?;
            Some((kind, Self { titles, separator }))
        })
    }

    /// A row; none where it has another number of columns.
    pub(super) fn row(&self, line: &Line) -> Option<Fields> {
        let values = split(line.text.trim_end(), self.separator)?;
        (values.len() == self.titles.len()).then(|| Fields {
            span: line.span,
            values: self.titles.iter().cloned().zip(values).collect(),
        })
    }
}

/// The columns of a line, quotes taken off (RFC 4180 2); none for a line without a separator.
fn split(text: &str, separator: char) -> Option<Vec<String>> {
    let mut columns = vec![String::new()];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let column = columns.last_mut()?;
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                column.push('"');
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => columns.push(String::new()),
            c => column.push(c),
        }
        if columns.len() > MOST_COLUMNS {
            return None;
        }
    }
    (columns.len() >= 2 && !quoted).then_some(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_separators_inside_of_quotes_are_kept_apart() {
        let columns = split(r#""a","b ""c"", d",e"#, ',').unwrap();
        assert_eq!(columns, ["a", "b \"c\", d", "e"]);
        assert_eq!(split("a", ','), None);
        assert_eq!(split("\"a,b", ','), None);
    }
}
