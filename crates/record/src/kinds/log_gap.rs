//! Records that a log once had and no longer has.

use crate::{Span, Text, Timestamp};

/// Record numbers of a binary event log rise by one; where they skip, events were lost or removed. Exports are filtered, so
/// that their numbers prove nothing and give no gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGap {
    /// The record after the gap.
    pub span: Span,
    /// The computer.
    pub host: Text,
    /// The time of the record before the gap.
    pub after: Timestamp,
    /// The time of the record after the gap.
    pub before: Timestamp,
    /// How many records are missing.
    pub missing: u64,
}
