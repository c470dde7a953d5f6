//! Rows in the making.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Witness;
use crate::hunting::tables::NOW_NANOSECONDS;

/// The most copies of one row.
const MOST_COPIES: usize = 300;
/// When rows happen of which nothing is said: a few minutes before the query.
const USUAL_AGE_NANOSECONDS: i64 = 600_000_000_000;

/// What is asked of a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    exact: Option<String>,
    first: Option<String>,
    pieces: Vec<String>,
    last: Option<String>,
    /// Members of a dynamic value, by their paths.
    members: BTreeMap<Vec<String>, String>,
    /// Nanoseconds since 1970.
    time: Option<i64>,
}

impl Cell {
    /// The whole text. What was asked before stays where it is no contradiction that can be seen.
    pub(super) fn is(&mut self, text: &str) {
        if self.exact.is_none() {
            self.exact = Some(text.to_owned());
        }
    }

    pub(super) fn begins(&mut self, text: &str) {
        self.first.get_or_insert_with(|| text.to_owned());
    }

    pub(super) fn ends(&mut self, text: &str) {
        self.last.get_or_insert_with(|| text.to_owned());
    }

    pub(super) fn has(&mut self, text: &str) {
        let known = self.pieces.iter().any(|piece| piece.contains(text));
        if !known {
            self.pieces.push(text.to_owned());
        }
    }

    pub(super) fn member(&mut self, path: &[String], text: &str) {
        self.members.entry(path.to_vec()).or_insert_with(|| text.to_owned());
    }

    pub(super) fn at(&mut self, nanoseconds: i64) {
        self.time.get_or_insert(nanoseconds);
    }

    /// Puts a text in the place of another one in what the cell must be.
    pub(super) fn replace(&mut self, old: &str, new: &str) {
        if let Some(exact) = &mut self.exact {
            *exact = exact.replace(old, new);
        }
    }

    pub(super) fn is_free(&self) -> bool {
        self.exact.is_none()
            && self.first.is_none()
            && self.pieces.is_empty()
            && self.last.is_none()
            && self.members.is_empty()
    }

    /// The text, where something is asked.
    pub(super) fn text(&self) -> Option<String> {
        if let Some(exact) = &self.exact {
            return Some(exact.clone());
        }
        if !self.members.is_empty() {
            return Some(nested(&self.members).to_string());
        }
        if self.is_free() {
            return None;
        }
        let first = self.first.clone().unwrap_or_default();
        let last = self.last.clone().unwrap_or_default();
        let within = |piece: &&String| !first.contains(piece.as_str()) && !last.contains(piece.as_str());
        let pieces: Vec<&str> = self.pieces.iter().filter(within).map(String::as_str).collect();
        let middle = pieces.join(" ");
        let gap = |before: &str, after: &str| if before.is_empty() || after.is_empty() { "" } else { " " };
        let start = format!("{first}{}{middle}", gap(&first, &middle));
        Some(format!("{start}{}{last}", gap(&start, &last)))
    }
}

/// Members as JSON; a step in brackets with a number is an element of an array.
fn nested(members: &BTreeMap<Vec<String>, String>) -> serde_json::Value {
    let mut root = serde_json::Value::Null;
    for (path, text) in members {
        put(&mut root, path, text);
    }
    root
}

fn put(place: &mut serde_json::Value, path: &[String], text: &str) {
    let Some((step, rest)) = path.split_first() else {
        *place = serde_json::from_str(text)
            .ok()
            .filter(|value: &serde_json::Value| value.is_number() || value.is_boolean())
            .unwrap_or_else(|| serde_json::Value::from(text));
        return;
    };
    if let Some(index) = step.strip_prefix('#').and_then(|index| index.parse::<usize>().ok()) {
        if !place.is_array() {
            *place = serde_json::Value::Array(Vec::new());
        }
        if let Some(items) = place.as_array_mut() {
            let index = index.min(16);
            while items.len() <= index {
                items.push(serde_json::Value::Null);
            }
            items.get_mut(index).into_iter().for_each(|item| put(item, rest, text));
        }
        return;
    }
    if !place.is_object() {
        *place = serde_json::Value::Object(serde_json::Map::new());
    }
    if let Some(object) = place.as_object_mut() {
        put(
            object.entry(step.clone()).or_insert(serde_json::Value::Null),
            rest,
            text,
        );
    }
}

/// A row of a table, with how often it is there.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) table: String,
    pub(super) cells: BTreeMap<String, Cell>,
    copies: usize,
    /// Columns that differ from copy to copy.
    varied: BTreeSet<String>,
}

impl Draft {
    pub(super) fn new(table: &str) -> Self {
        Self {
            table: table.to_owned(),
            cells: BTreeMap::new(),
            copies: 1,
            varied: BTreeSet::new(),
        }
    }

    pub(super) fn cell(&mut self, column: &str) -> &mut Cell {
        self.cells.entry(column.to_owned()).or_default()
    }

    /// The row is there at least so often.
    pub(super) fn repeat(&mut self, copies: usize) {
        self.copies = self.copies.max(copies).min(MOST_COPIES);
    }

    /// A column has at least so many different values.
    pub(super) fn vary(&mut self, column: &str, values: usize) {
        self.repeat(values);
        self.varied.insert(column.to_owned());
    }

    /// The rows.
    pub(super) fn witnesses(&self, names: &Rc<BTreeSet<String>>) -> Vec<Witness> {
        (0..self.copies).map(|copy| self.witness(copy, names)).collect()
    }

    fn witness(&self, copy: usize, names: &Rc<BTreeSet<String>>) -> Witness {
        let mut cells: BTreeMap<String, String> = BTreeMap::new();
        let mut times = BTreeMap::new();
        for (column, cell) in &self.cells {
            cells.extend(cell.text().map(|text| (column.clone(), text)));
            times.extend(cell.time.map(|time| (column.clone(), time)));
        }
        for column in &self.varied {
            let asked = self.cells.get(column).and_then(Cell::text);
            cells.insert(column.clone(), different(column, asked.as_deref(), copy));
        }
        for column in ["Timestamp", "TimeGenerated"] {
            times
                .entry(column.to_owned())
                .or_insert(NOW_NANOSECONDS - USUAL_AGE_NANOSECONDS);
        }
        Witness {
            table: self.table.clone(),
            cells,
            times,
            names: Rc::clone(names),
        }
    }
}

/// A value of a column that no other copy has; what is asked of it stays in it where it is no whole value.
fn different(column: &str, asked: Option<&str>, copy: usize) -> String {
    if column.ends_with("IP") {
        return format!("198.51.{}.{}", copy / 250, copy % 250 + 1);
    }
    if column.ends_with("Port") || column.ends_with("Id") && column.starts_with("InitiatingProcess") {
        return (1_000 + copy).to_string();
    }
    match asked {
        Some(asked) => format!("{asked} {copy}"),
        None => format!("{column}{copy}"),
    }
}
