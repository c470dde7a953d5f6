//! Tables about packets as CSV (RFC 4180). The columns are the same in both languages; see [`crate::csv`] for what a cell holds.

use crate::sanitize::csv_cell;
use crate::sheet::{Cell, Faces, Head, Sheet};

/// The first column, which tells the tables of one statistic apart.
const TABLE: &str = "table";

/// All rows of all tables, with the columns of all of them; a cell of a column that a table does not have is empty.
pub fn sheets(sheets: &[Sheet]) -> String {
    let keys = keys(sheets);
    let mut rows = vec![
        std::iter::once(TABLE)
            .chain(keys.iter().copied())
            .map(str::to_owned)
            .collect(),
    ];
    for sheet in sheets {
        rows.extend(sheet.rows.iter().map(|row| cells(sheet, row, &keys)));
    }
    document(&rows)
}

fn keys(sheets: &[Sheet]) -> Vec<&'static str> {
    let mut keys = Vec::new();
    for head in sheets.iter().flat_map(|sheet| &sheet.heads) {
        if head.faces != Faces::People && !keys.contains(&head.key) {
            keys.push(head.key);
        }
    }
    keys
}

fn cells(sheet: &Sheet, row: &[Cell], keys: &[&'static str]) -> Vec<String> {
    let of = |key: &&'static str| {
        let has_key = |(head, _): &(&Head, &Cell)| head.key == *key && head.faces != Faces::People;
        let found = sheet.heads.iter().zip(row).find(has_key);
        found.map_or_else(String::new, |(_, cell)| text(cell))
    };
    let table = std::iter::once(sheet.key.to_owned());
    table.chain(keys.iter().map(of)).collect()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Bar(_) => String::new(),
        Cell::Text(text) | Cell::Tree(_, text) => csv_cell(text),
        Cell::Word(word, _) => (*word).to_owned(),
        Cell::Identifier(number) | Cell::Count(number) | Cell::Size(number) => number.to_string(),
        Cell::Seconds(time) | Cell::Milliseconds(time) => time.0.to_string(),
        Cell::Percent(number) | Cell::Rate(number) | Cell::Decimal(number) | Cell::Factor(number) => number.to_string(),
    }
}

/// Rows of equal length, with a byte order mark first: without it spreadsheets read Japanese in a legacy code page.
fn document(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing into memory cannot fail, and every record has the same number of cells.
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}
