//! Table `Snapshots`.

use whotalks_record::{ListingTool, Nanoseconds, Snapshot, Span, Text, TimeSource, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Runs of listing tools, to which rows of other tables belong.
    pub struct Snapshots(Observed);
    Snapshot as snapshot {
        /// The first line.
        Line: Span [Reader] = snapshot.span;
        /// Its number within the evidence, from 0.
        Snapshot: u32 [Reader] = snapshot.number;
        /// Which tool wrote it.
        Tool: ListingTool [Reader] = snapshot.tool;
        /// When it was taken, where known.
        Time: Option<Timestamp> [Evidence] = snapshot.time;
        /// How the time is known.
        TimeSource: TimeSource [Reader] = snapshot.time_source;
        /// How far off the time may be.
        Uncertainty: Nanoseconds [Reader] = snapshot.uncertainty;
        /// The computer, where the listing names it.
        Host: Option<Text> [Evidence lookup] = snapshot.host;
        /// Whether owners (process ids) were asked for.
        HasOwners: bool [Evidence] = snapshot.has_owners;
    } => Snapshot {
        span: Line,
        number: Snapshot,
        tool: Tool,
        time: Time,
        time_source: TimeSource,
        uncertainty: Uncertainty,
        host: Host,
        has_owners: HasOwners,
    }
}
