//! Table `LogGaps`.

use whotalks_record::{LogGap, Span, Text, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Runs of records that event logs have lost: their record numbers skip.
    pub struct LogGaps(Observed);
    LogGap as gap {
        /// The record after the gap.
        Record: Span [Reader] = gap.span;
        /// The computer.
        Host: Text [Evidence lookup] = gap.host;
        /// The time of the record before the gap.
        After: Timestamp [Evidence] = gap.after;
        /// The time of the record after the gap.
        Before: Timestamp [Evidence] = gap.before;
        /// How many records are missing.
        Missing: u64 [Reader] = gap.missing;
    } => LogGap {
        span: Record,
        host: Host,
        after: After,
        before: Before,
        missing: Missing,
    }
}
