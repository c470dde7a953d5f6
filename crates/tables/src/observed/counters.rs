//! Table `Counters`.

use whotalks_record::{Counter, Span, Text};

use crate::declare::{columns, table};
use crate::words::CounterSection;

table! {
    /// Numbers of `netstat -s` and `netstat -e`; time and host are those of their row in `Snapshots`.
    pub struct Counters(Observed);
    Counter as counter {
        /// The line.
        Line: Span [Reader] = counter.span;
        /// The number of the snapshot within its evidence, from 0.
        Snapshot: u32 [Reader] = counter.snapshot;
        /// The section, in a word that is the same in every language.
        Section: CounterSection [Reader] = CounterSection(counter.section);
        /// The counter, in a word that is the same in every language (`tcp.active-opens`).
        Name: Text [Reader] = counter.name;
        /// The value.
        Value: u64 [Evidence] = counter.value;
    } => Counter {
        span: Line,
        snapshot: Snapshot,
        section: Section.0,
        name: Name,
        value: Value,
    }
}
