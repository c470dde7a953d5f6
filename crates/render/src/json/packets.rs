//! Tables about packets.

use serde_json::{Map, Value, json};
use whotalks_case::capture::{CapturePiece, CapturesRead};
use whotalks_packets::compare::{Attributed, Comparison};
use whotalks_packets::statistics::{Statistics, Totals};

use super::evidence::issue;
use super::value::{list, maybe_time};
use crate::sheet::{Cell, Faces, Sheet};

pub(super) fn statistics(statistics: &Statistics, filter: Option<&str>, read: &CapturesRead) -> Value {
    json!({
        "filter": filter,
        "captures": captures(read),
        "totals": totals(&statistics.totals),
        "unlisted_packets": statistics.left_out,
        "unread_contents": statistics.unread,
    })
}

pub(super) fn comparison(comparison: &Comparison, sheets: &[Sheet], read: [&CapturesRead; 2]) -> Value {
    let side = |of: &Totals, read| json!({ "captures": captures(read), "totals": totals(of) });
    let [before, after] = read;
    let mut fields = Map::new();
    fields.insert("before".to_owned(), side(&comparison.before, before));
    fields.insert("after".to_owned(), side(&comparison.after, after));
    fields.insert("unchanged".to_owned(), json!(comparison.unchanged));
    fields.insert("attributed".to_owned(), attributed(comparison));
    for sheet in sheets {
        fields.insert(sheet.key.to_owned(), rows(sheet));
    }
    Value::Object(fields)
}

/// How many conversations have a known program; without a case none has.
fn attributed(comparison: &Comparison) -> Value {
    let side = |of: Attributed| json!({ "conversations": of.conversations, "known": of.known });
    match comparison.attributed {
        None => Value::Null,
        Some([before, after]) => json!({ "before": side(before), "after": side(after) }),
    }
}

pub(super) fn policy(statistics: &Statistics, rules: u64, sheet: &Sheet, read: &CapturesRead) -> Value {
    json!({
        "captures": captures(read),
        "totals": totals(&statistics.totals),
        "rules": rules,
        sheet.key: rows(sheet),
    })
}

fn totals(totals: &Totals) -> Value {
    json!({
        "packets": totals.volume.packets,
        "total_bytes": totals.volume.bytes,
        "first": maybe_time(totals.began()),
        "last": maybe_time(totals.end),
        "duration_ns": totals.duration().0,
    })
}

/// What was read.
fn captures(read: &CapturesRead) -> Value {
    list(&read.pieces, |piece: &CapturePiece| {
        json!({
            "id": piece.id.to_string(),
            "path": piece.path.as_ref(),
            "format": piece.format,
            "packets": piece.packets,
            "issues": list(&piece.issues, issue),
        })
    })
}

/// The rows of a table as objects.
fn rows(sheet: &Sheet) -> Value {
    let row = |cells: &Vec<Cell>| {
        let fields = sheet.heads.iter().zip(cells);
        let fields = fields.filter(|(head, _)| head.faces != Faces::People);
        Value::Object(fields.map(|(head, cell)| (head.key.to_owned(), value(cell))).collect())
    };
    list(&sheet.rows, row)
}

pub(super) fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty | Cell::Bar(_) => Value::Null,
        Cell::Text(text) | Cell::Tree(_, text) => json!(text),
        Cell::Word(word, _) => json!(word),
        Cell::Identifier(number) | Cell::Count(number) | Cell::Size(number) => json!(number),
        Cell::Seconds(time) | Cell::Milliseconds(time) => json!(time.0),
        Cell::Percent(number) | Cell::Rate(number) | Cell::Decimal(number) | Cell::Factor(number) => json!(number),
    }
}
