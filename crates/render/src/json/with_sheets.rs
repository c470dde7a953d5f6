//! A document with tables, whose rows are written one by one: a capture can have millions.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::packets::value;
use crate::sheet::{Cell, Faces, Sheet};

/// A document and the tables that belong into it.
pub(super) struct WithSheets<'s> {
    pub(super) document: Value,
    pub(super) sheets: &'s [Sheet],
}

impl Serialize for WithSheets<'_> {
    /// One object whose keys stand in order, as in every other document.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.document.as_object().into_iter().flatten();
        let mut entries: Vec<(&str, Entry<'_>)> =
            fields.map(|(key, value)| (key.as_str(), Entry::Value(value))).collect();
        entries.extend(
            self.sheets
                .iter()
                .map(|sheet| (sheet.key, Entry::Rows(Rows::new(sheet)))),
        );
        entries.sort_by_key(|(key, _)| *key);
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        for (key, entry) in &entries {
            map.serialize_entry(key, entry)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'s> {
    Value(&'s Value),
    Rows(Rows<'s>),
}

/// The rows of a table.
struct Rows<'s> {
    sheet: &'s Sheet,
    /// The columns for programs, in the order of their keys.
    columns: Vec<(&'static str, usize)>,
}

impl<'s> Rows<'s> {
    fn new(sheet: &'s Sheet) -> Self {
        let heads = sheet.heads.iter().zip(0..);
        let shown = heads.filter(|(head, _)| head.faces != Faces::People);
        let mut columns: Vec<_> = shown.map(|(head, place)| (head.key, place)).collect();
        columns.sort_unstable();
        Self { sheet, columns }
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.sheet.rows.len()))?;
        for cells in &self.sheet.rows {
            list.serialize_element(&Row {
                columns: &self.columns,
                cells,
            })?;
        }
        list.end()
    }
}

struct Row<'s> {
    columns: &'s [(&'static str, usize)],
    cells: &'s [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (key, place) in self.columns {
            map.serialize_entry(key, &self.cells.get(*place).map(value))?;
        }
        map.end()
    }
}
