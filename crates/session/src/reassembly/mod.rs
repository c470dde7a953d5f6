//! The bytes of one direction of a TCP connection, put in order.
//!
//! *Brief overview*
//! - [`Direction`] takes in segments as they were captured and says of each what is new in it. What comes too early is held
//!   within a [`Bound`] and a [`Budget`] until the gap before it is filled or given up.
//! - Where segments overlap, what came first stays, whatever the later one says: repetitions, keep-alives with a byte of
//!   rubbish and one packet captured on two VLANs bring nothing new.
//! - The caller is the sink: it is handed the bytes, decides what is held, when a gap is given up, and what each segment
//!   carries along as its note.
//! - [`Order`] and [`Held`] are its two halves, for callers that keep them apart.
//!
//! | file | what it holds |
//! |---|---|
//! | `sequence` | numbers that wrap around |
//! | `order` | which byte comes next, and where a segment lies |
//! | `held` | segments that came too early |
//! | `direction` | both together |
//! | `budget` | bytes that many streams share |

mod budget;
mod direction;
mod held;
mod order;
mod sequence;

pub use budget::Budget;
pub use direction::{Arrival, Direction};
pub use held::{Bound, Held, Piece, Segment};
pub use order::{Order, Position};
pub use sequence::{after, distance};
