//! In what a place in evidence counts.

use whotalks_record::Position;

use super::words;

/// The unit of a [`Position`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PositionKind {
    Packet,
    Record,
    Line,
    Item,
    Whole,
}

words!(PositionKind {
    Packet => "packet",
    Record => "record",
    Line => "line",
    Item => "item",
    Whole => "whole",
});

impl PositionKind {
    /// The unit and the number of a position.
    pub(crate) const fn of(position: Position) -> (Self, u64) {
        match position {
            Position::Packet(number) => (Self::Packet, number),
            Position::Record(number) => (Self::Record, number),
            Position::Line(number) => (Self::Line, number),
            Position::Item(number) => (Self::Item, number),
            Position::Whole => (Self::Whole, 0),
        }
    }

    /// The position with this number.
    pub(crate) const fn at(self, number: u64) -> Position {
        match self {
            Self::Packet => Position::Packet(number),
            Self::Record => Position::Record(number),
            Self::Line => Position::Line(number),
            Self::Item => Position::Item(number),
            Self::Whole => Position::Whole,
        }
    }
}
