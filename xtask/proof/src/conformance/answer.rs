//! Answers of the documentation and of another implementation, compared as loosely as their texts are written.

use whotalks_kql_plan::Answer;
use whotalks_kql_values::{DynamicView, Kind, Value, convert};

use super::alike::alike;
use super::case::{Case, Expected};

/// An answer of the documentation: the columns, and each cell as it is printed there.
pub(super) fn documented(case: &Case, answer: &Answer) -> Result<(), String> {
    let expected = case.rows.clone().unwrap_or_default();
    let expected: Vec<Vec<String>> = expected
        .into_iter()
        .map(|row| row.into_iter().map(|cell| normal(&cell.unwrap_or_default())).collect())
        .collect();
    let found = cells(answer);
    let held = if case.expect == Expected::RowsPartial {
        expected
            .iter()
            .all(|row| found.iter().any(|other| same_row(row, other)))
    } else {
        same_table(&expected, &found)
    };
    if held {
        return Ok(());
    }
    Err(format!("rows: expected {expected:?}, got {found:?}"))
}

/// An answer of another implementation, whose form says how it is printed.
pub(super) fn other(case: &Case, answer: &Answer) -> Result<(), String> {
    let text = case.expected_text.clone().unwrap_or_default();
    let found = cells(answer);
    let expected: Vec<String> = match case.form.as_deref() {
        Some("typed-table") => text.lines().skip(2).flat_map(split_table).collect(),
        Some("csv-lines" | "csv-rows-joined") => {
            if lines_equal(&text, &found).is_ok() {
                return Ok(());
            }
            text.lines().flat_map(split_csv).map(|cell| normal(&cell)).collect()
        }
        _ => {
            let last = found.last().cloned().unwrap_or_default();
            return line_equal(&text, &last);
        }
    };
    let flat: Vec<String> = found.into_iter().flatten().collect();
    if same_row(&expected, &flat) {
        return Ok(());
    }
    Err(format!("cells: expected {expected:?}, got {flat:?}"))
}

/// Whether each line is one row.
fn lines_equal(text: &str, found: &[Vec<String>]) -> Result<(), String> {
    let lines: Vec<&str> = text.lines().collect();
    let same = |(line, row): (&&str, &Vec<String>)| line_equal(line, row).is_ok();
    if lines.len() == found.len() && lines.iter().zip(found).all(same) {
        return Ok(());
    }
    Err(format!("expected {text:?}, got {found:?}"))
}

/// Whether a text is one row: letter by letter without blanks and quotes, or cell by cell.
fn line_equal(line: &str, row: &[String]) -> Result<(), String> {
    let squash = |text: &str| {
        let signs = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '"');
        signs.collect::<String>().to_lowercase()
    };
    let cells: Vec<String> = split_csv(line).iter().map(|cell| normal(cell)).collect();
    let joined = row.join(",");
    if squash(line) == squash(&joined) || same_row(&cells, row) || same_cell(&normal(line), &normal(&joined)) {
        return Ok(());
    }
    Err(format!("expected {line:?}, got {row:?}"))
}

/// The cells of a line of a table: a semicolon and a blank stand between them, an empty last cell leaves only the semicolon.
fn split_table(line: &str) -> Vec<String> {
    let (line, empty_last) = match line.strip_suffix(';') {
        Some(line) => (line, true),
        None => (line, false),
    };
    let mut cells: Vec<String> = line.split("; ").map(normal).collect();
    if empty_last {
        cells.push(String::new());
    }
    cells
}

fn split_csv(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

fn cells(answer: &Answer) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    answer.for_each_row(|cells| rows.push(cells.iter().map(|cell| normal(&printed(cell))).collect()));
    rows
}

fn printed(value: &Value<'_>) -> String {
    match value {
        Value::Dynamic(bytes) => match DynamicView::new(bytes).kind() {
            Kind::String(text) => text.to_owned(),
            _ => DynamicView::new(bytes).to_json(),
        },
        other => convert::to_text(other).into_owned(),
    }
}

/// A cell without what its printing leaves open: blanks, case of truth values, how null is written, and the form of times.
fn normal(text: &str) -> String {
    // The pages write line breaks, blanks and code as their markup has them.
    let text = text.replace("<br>", "").replace("<br/>", "").replace("&nbsp;", "");
    let text = text.trim();
    let signs: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '"' | '\'' | '`'))
        .collect();
    match signs.to_lowercase().as_str() {
        "null" | "<null>" | "(null)" => String::new(),
        "true" | "1" => "1".to_owned(),
        "false" | "0" => "0".to_owned(),
        _ => time(&signs).unwrap_or(signs),
    }
}

/// A time, however it is written.
fn time(text: &str) -> Option<String> {
    let looks = text.len() >= 10 && text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    let spaced = match text.as_bytes().get(10) {
        Some(sign) if sign.is_ascii_digit() => format!("{}T{}", text.get(..10)?, text.get(10..)?),
        _ => text.to_owned(),
    };
    looks
        .then(|| whotalks_kql_values::DateTime::parse(&spaced))?
        .map(|time| time.to_string())
}

fn same_table(expected: &[Vec<String>], found: &[Vec<String>]) -> bool {
    let mut left: Vec<_> = found.iter().collect();
    let all = expected.iter().all(|row| {
        let index = left.iter().position(|other| same_row(row, other));
        index.map(|index| left.swap_remove(index)).is_some()
    });
    all && left.is_empty()
}

fn same_row(expected: &[String], found: &[String]) -> bool {
    expected.len() == found.len() && expected.iter().zip(found).all(|(left, right)| same_cell(left, right))
}

fn same_cell(expected: &str, found: &str) -> bool {
    alike(expected, found)
}
