//! Table `HostEvents`.

use whotalks_record::{HostEvent, HostEventKind, Span, Text, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Boots, shutdowns, cleared logs, changed audit policies, set clocks.
    pub struct HostEvents(Observed);
    HostEvent as event {
        /// The event record.
        Record: Span [Reader] = event.span;
        /// When, by the host's clock.
        Time: Timestamp [Evidence] = event.time;
        /// The computer.
        Host: Text [Evidence lookup] = event.host;
        /// What happened.
        Kind: HostEventKind [Evidence] = event.kind;
    } => HostEvent {
        span: Record,
        time: Time,
        host: Host,
        kind: Kind,
    }
}
