//! Columns of tables.

use crate::messages::PacketMessage;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Its title for people.
    pub title: PacketMessage,
    /// Which faces show it.
    pub faces: Faces,
    /// Whether it stands to the right.
    pub right: bool,
    /// Columns with the highest rank go first where a terminal is too narrow; those of rank 0 stay.
    pub rank: u8,
}

/// Which faces show a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faces {
    /// All.
    All,
    /// Programs read it; people see it elsewhere in the row.
    Data,
    /// People only.
    People,
}

impl Head {
    /// A column of texts.
    pub(super) fn text(key: &'static str, title: PacketMessage) -> Self {
        Self {
            key,
            title,
            faces: Faces::All,
            right: false,
            rank: 0,
        }
    }

    /// A column of numbers.
    pub(super) fn number(key: &'static str, title: PacketMessage) -> Self {
        Self {
            right: true,
            ..Self::text(key, title)
        }
    }

    /// A column that may go where a terminal is too narrow.
    pub(super) fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// A column for programs only.
    pub(super) fn data(mut self) -> Self {
        self.faces = Faces::Data;
        self
    }

    /// A column for people only.
    pub(super) fn people(mut self) -> Self {
        self.faces = Faces::People;
        self
    }
}
