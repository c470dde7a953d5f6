//! Tables about packets before a face writes them: one description per statistic for the terminal, JSON and CSV alike.
//!
//! A [`Head`] names a column for programs (its key, which JSON and CSV use and which never changes) and for people (its title).
//! A [`Cell`] holds a value with its unit; only the face turns it into text.
//!
//! | file | what it holds |
//! |---|---|
//! | `cell` | values |
//! | `head` | columns |
//! | `statistics` | which tables a statistic has |
//! | the others | one statistic each |

mod applications;
mod cell;
mod comparison;
mod destinations;
mod expert;
mod head;
mod hierarchy;
mod lengths;
mod pairs;
mod policy;
mod ports;
mod round_trips;
mod statistics;
mod streams;
mod traffic;

pub use cell::Cell;
pub use comparison::comparison;
pub use head::{Faces, Head};
pub use policy::policy;
pub use statistics::statistics;

use crate::messages::PacketMessage;

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Its title for people.
    pub title: PacketMessage,
    /// Its columns.
    pub heads: Vec<Head>,
    /// Its rows, each as long as `heads`.
    pub rows: Vec<Vec<Cell>>,
    /// Rows that were left out at the end.
    pub left_out: u64,
    /// What is said below it.
    pub notes: Vec<PacketMessage>,
}

impl Sheet {
    /// An empty table.
    pub fn new(key: &'static str, title: PacketMessage, heads: Vec<Head>) -> Self {
        Self {
            key,
            title,
            heads,
            rows: Vec::new(),
            left_out: 0,
            notes: Vec::new(),
        }
    }

    /// With these rows, the first of `all`.
    #[must_use]
    pub fn with_foremost<T>(self, items: &[T], all: usize, row: impl Fn(&T) -> Vec<Cell>) -> Self {
        let mut sheet = self.with(items, items.len(), row);
        sheet.left_out = all.saturating_sub(items.len()) as u64;
        sheet
    }

    /// With the first `limit` of these rows.
    #[must_use]
    pub fn with<T>(mut self, items: &[T], limit: usize, row: impl Fn(&T) -> Vec<Cell>) -> Self {
        self.rows = items.iter().take(limit).map(row).collect();
        self.left_out = items.len().saturating_sub(limit) as u64;
        self
    }
}
