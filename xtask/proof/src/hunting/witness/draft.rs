//! Rows in the making.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Witness;
use super::cell::{Cell, USUAL_NANOSECONDS};
use super::demand::{Demand, Test};
use crate::hunting::tables::NOW_NANOSECONDS;

/// The most copies of one row.
const MOST_COPIES: usize = 300;
/// How many steps of time a row is spread over that must stand out in one of them.
const SPREAD_STEPS: usize = 24;
/// How many times as often it happens in that step.
const OUTLIER_FACTOR: usize = 12;
/// Columns of the time of an event, in the two flavours of the tables.
pub(super) const TIMES: [&str; 2] = ["Timestamp", "TimeGenerated"];

/// A row of a table, with how often it is there.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) table: String,
    pub(super) cells: BTreeMap<String, Cell>,
    /// Words that must stand somewhere in the row.
    words: Vec<String>,
    copies: usize,
    /// Columns, and members of them, that differ from copy to copy.
    varied: BTreeSet<(String, Vec<String>)>,
    /// The step of time over many of which the row happens evenly, and in one of which it stands out, in nanoseconds.
    spread: Option<i64>,
}

impl Draft {
    pub(super) fn new(table: &str) -> Self {
        Self {
            table: table.to_owned(),
            cells: BTreeMap::new(),
            words: Vec::new(),
            copies: 1,
            varied: BTreeSet::new(),
            spread: None,
        }
    }

    pub(super) fn cell(&mut self, column: &str) -> &mut Cell {
        self.cells.entry(column.to_owned()).or_default()
    }

    /// A word stands somewhere in the row.
    pub(super) fn mention(&mut self, word: &str) {
        self.words.push(word.to_owned());
    }

    /// The row is there at least so often.
    pub(super) fn repeat(&mut self, copies: usize) {
        self.copies = self.copies.max(copies).min(MOST_COPIES);
    }

    /// A column, or a member of it, has at least so many different values.
    pub(super) fn vary(&mut self, column: &str, path: &[String], values: usize) {
        self.repeat(values);
        self.varied.insert((column.to_owned(), path.to_vec()));
    }

    /// The row happens in many steps of time, and far more often in one of them.
    pub(super) fn spread(&mut self, step_nanoseconds: i64) {
        self.spread = Some(step_nanoseconds.max(1));
    }

    /// Whether what is asked of each cell goes together.
    pub(super) fn agrees(&self) -> bool {
        self.cells.values().all(Cell::agrees)
    }

    /// The rows.
    pub(super) fn witnesses(&self, names: &Rc<BTreeSet<String>>) -> Vec<Witness> {
        let Some(step) = self.spread else {
            return (0..self.copies).map(|copy| self.witness(copy, names)).collect();
        };
        let steps = (0..SPREAD_STEPS).flat_map(|place| {
            // A little more in some steps than in others, as events are: where all are alike, every other one stands out.
            let often = match place {
                _ if place == SPREAD_STEPS / 2 => OUTLIER_FACTOR * self.copies,
                _ => self.copies + place % 3,
            };
            std::iter::repeat_n(place, often)
        });
        let at = |(copy, place): (usize, usize)| {
            let mut witness = self.witness(copy, names);
            let age = i64::try_from(place + 1).unwrap_or(1) * step;
            witness
                .times
                .extend(TIMES.map(|column| (column.to_owned(), NOW_NANOSECONDS - age)));
            witness
        };
        steps.enumerate().map(at).collect()
    }

    fn witness(&self, copy: usize, names: &Rc<BTreeSet<String>>) -> Witness {
        let mut asked = self.cells.clone();
        for (column, path) in &self.varied {
            let cell = asked.entry(column.clone()).or_default();
            let text = cell.varied(column, path, copy);
            cell.fix(path, exactly(&text));
        }
        let mut cells: BTreeMap<String, String> = BTreeMap::new();
        let mut times = BTreeMap::new();
        for (column, cell) in &asked {
            cells.extend(cell.text().map(|text| (column.clone(), text)));
            times.extend(cell.time().map(|time| (column.clone(), time)));
        }
        for column in TIMES {
            times.entry(column.to_owned()).or_insert(USUAL_NANOSECONDS);
        }
        let absent = |word: &&String| {
            !cells
                .values()
                .any(|cell| cell.to_lowercase().contains(&word.to_lowercase()))
        };
        let absent: Vec<&str> = self.words.iter().filter(absent).map(String::as_str).collect();
        if !absent.is_empty() {
            cells.insert("AdditionalFields".to_owned(), absent.join(" "));
        }
        Witness {
            table: self.table.clone(),
            cells,
            times,
            names: Rc::clone(names),
        }
    }
}

/// Asks for one text.
pub(super) fn exactly(text: &str) -> Demand {
    Demand {
        steps: Vec::new(),
        test: Test::Is(text.to_owned()),
        wanted: true,
        soft: false,
    }
}
