//! Values of tables.

use whotalks_packets::statistics::Volume;
use whotalks_record::Nanoseconds;

use crate::messages::PacketMessage;

/// A value with its unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not known, or not applicable.
    Empty,
    /// A text, which may come from evidence; the face escapes it.
    Text(String),
    /// A text that stands below others, so deep.
    Tree(usize, String),
    /// A word of a closed list: for programs, and for people.
    Word(&'static str, PacketMessage),
    /// A number that names something.
    Identifier(u64),
    /// How many.
    Count(u64),
    /// How many bytes.
    Size(u64),
    /// A time, shown in seconds.
    Seconds(Nanoseconds),
    /// A time, shown in milliseconds.
    Milliseconds(Nanoseconds),
    /// How many of a hundred.
    Percent(f64),
    /// How many per millisecond.
    Rate(f64),
    /// A number with a fraction.
    Decimal(f64),
    /// How many times what it was.
    Factor(f64),
    /// A bar, so long as a part of the longest one.
    Bar(f64),
}

impl Cell {
    /// A text made from anything that can be shown.
    pub(super) fn text(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    /// A value that may not be known.
    pub(super) fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    /// Packets and bytes.
    pub(super) const fn volume(volume: Volume) -> [Self; 2] {
        [Self::Count(volume.packets), Self::Size(volume.bytes)]
    }

    /// What part of a whole something is.
    pub(super) fn share(part: u64, whole: u64) -> Self {
        match whole {
            0 => Self::Empty,
            whole => Self::Percent(100.0 * part as f64 / whole as f64),
        }
    }

    /// A bar for a part of the longest one.
    pub(super) fn bar(part: u64, longest: u64) -> Self {
        Self::Bar(part as f64 / longest.max(1) as f64)
    }
}
