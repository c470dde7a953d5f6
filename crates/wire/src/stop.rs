//! Why reading ended before the end.

use thiserror::Error;
use whotalks_bytes::ReadError;

/// The reason and place at which a packet or message could not be read further. All that was read before stays valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Stop {
    /// The bytes end inside a field: a snapped capture, or a length that lies.
    #[error(transparent)]
    Short(#[from] ReadError),
    /// A number that names a protocol or format not read here. Nothing is wrong with the packet.
    #[error("{field} {number} at {offset} is not read")]
    Unknown {
        /// The field, `layer.field`.
        field: &'static str,
        /// Its value.
        number: u32,
        /// Where it, or what it announces, lies.
        offset: u64,
    },
    /// A value that its specification forbids.
    #[error("{field} {number} at {offset} is not valid")]
    Malformed {
        /// The field, `layer.field`.
        field: &'static str,
        /// Its value.
        number: u32,
        /// Where it lies.
        offset: u64,
    },
    /// More headers, tunnels or references inside each other than are followed.
    #[error("nested deeper than {limit} at {offset}")]
    TooDeep {
        /// How many are followed.
        limit: u32,
        /// Where the walk stopped.
        offset: u64,
    },
}
