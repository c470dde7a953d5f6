//! Packets and their fields for programs: one row each, written as they come.
//!
//! With fields to show, a row holds their values as `tshark -T fields` writes them, and several values of a field are separated by
//! commas; without, it holds what the list on a terminal shows.

use serde_json::{Map, Value, json};
use whotalks_case::capture::Line;
use whotalks_fields::{FieldId, FrameFields, info, text};

use crate::sanitize::{csv_cell, visible};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Values between tabs.
    Fields,
    /// One array of objects.
    Json,
    /// One object on each line.
    JsonLines,
    /// Comma-separated values (RFC 4180).
    Csv,
}

/// Between several values of one field.
const SEPARATOR: &str = ",";

/// A value of a row: what it is called, and every value it has.
type Named = (&'static str, Vec<String>);

/// Writes rows.
#[derive(Debug)]
pub struct PacketRows<'c> {
    shape: Shape,
    columns: &'c [FieldId],
    rows: u64,
}

impl<'c> PacketRows<'c> {
    /// Rows with these fields.
    pub const fn new(shape: Shape, columns: &'c [FieldId]) -> Self {
        Self {
            shape,
            columns,
            rows: 0,
        }
    }

    /// What stands before the first row. `keys` are the names of the columns.
    pub fn head(&self, keys: &[&str]) -> String {
        match self.shape {
            Shape::Fields | Shape::JsonLines => String::new(),
            Shape::Json => "[".to_owned(),
            Shape::Csv => format!("\u{feff}{}", record(keys.iter().map(|key| (*key).to_owned()))),
        }
    }

    /// The names of the columns.
    pub fn keys(&self) -> Vec<&'static str> {
        self.columns.iter().filter_map(|id| Some(info(*id)?.name)).collect()
    }

    /// The fields of a packet.
    pub fn fields(&mut self, fields: &FrameFields<'_>) -> String {
        let named = |id: &FieldId| {
            let field = info(*id)?;
            Some((field.name, fields.of(*id).map(|value| text(field, value)).collect()))
        };
        let row: Vec<Named> = self.columns.iter().filter_map(named).collect();
        self.row(&row)
    }

    /// The line of a packet.
    pub fn line(&mut self, line: &Line) -> String {
        if matches!(self.shape, Shape::Json | Shape::JsonLines) {
            return self.object(json!({
                "number": line.number,
                "time_ns": line.time.0,
                "source": line.source,
                "destination": line.destination,
                "protocol": line.protocol,
                "frame_bytes": line.bytes,
                "info": line.info,
                "comments": line.comments,
            }));
        }
        let values = [
            line.number.to_string(),
            line.time.0.to_string(),
            line.source.clone(),
            line.destination.clone(),
            line.protocol.clone(),
            line.bytes.to_string(),
            line.info.clone(),
        ];
        let values = values.map(|value| vec![value]).into_iter();
        let values = values.chain([line.comments.clone()]);
        let row: Vec<Named> = LINE_KEYS.into_iter().zip(values).collect();
        self.row(&row)
    }

    /// What stands behind the last row.
    pub fn tail(&self) -> &'static str {
        match (self.shape, self.rows) {
            (Shape::Json, 0) => "]\n",
            (Shape::Json, _) => "\n]\n",
            _ => "",
        }
    }

    fn row(&mut self, row: &[Named]) -> String {
        let joined = row.iter().map(|(_, values)| values.join(SEPARATOR));
        match self.shape {
            Shape::Fields => {
                let cells: Vec<String> = joined.map(|cell| visible(&cell.replace(['\n', '\t'], " "))).collect();
                format!("{}\n", cells.join("\t"))
            }
            Shape::Csv => record(joined),
            Shape::Json | Shape::JsonLines => {
                let fields = row.iter().map(|(key, values)| ((*key).to_owned(), json!(values)));
                self.object(Value::Object(fields.collect::<Map<_, _>>()))
            }
        }
    }

    fn object(&mut self, value: Value) -> String {
        self.rows += 1;
        match (self.shape, self.rows) {
            (Shape::Json, 1) => format!("\n{value}"),
            (Shape::Json, _) => format!(",\n{value}"),
            _ => format!("{value}\n"),
        }
    }
}

/// The columns of a list without fields of one's own.
pub const LINE_KEYS: [&str; 8] = [
    "number",
    "time_ns",
    "source",
    "destination",
    "protocol",
    "frame_bytes",
    "info",
    "comments",
];

/// One record with its line end.
fn record(cells: impl Iterator<Item = String>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(cells.map(|cell| csv_cell(&cell)));
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(info: &str) -> Line {
        Line {
            number: 3,
            info: info.to_owned(),
            ..Line::default()
        }
    }

    #[test]
    fn json_of_any_number_of_rows_can_be_read() {
        for count in 0..3 {
            let mut rows = PacketRows::new(Shape::Json, &[]);
            let mut text = rows.head(&LINE_KEYS);
            for _ in 0..count {
                text.push_str(&rows.line(&line("a\"b")));
            }
            text.push_str(rows.tail());
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(value.as_array().map(Vec::len), Some(count), "{text}");
        }
    }

    #[test]
    fn what_evidence_says_stays_in_its_cell() {
        let hostile = line("=cmd|' /C calc'!A1\t\u{1b}]0;x\n");
        let csv = PacketRows::new(Shape::Csv, &[]).line(&hostile);
        assert!(csv.contains("'=cmd") && !csv.contains('\u{1b}'), "{csv}");
        let fields = PacketRows::new(Shape::Fields, &[]).line(&hostile);
        assert_eq!((fields.matches('\n').count(), fields.matches('\t').count()), (1, 7));
        assert!(!fields.contains('\u{1b}'));
    }
}
