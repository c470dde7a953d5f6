//! Table `DeviceFacts`.

use whotalks_record::{DeviceFact, DeviceFactKind, Span, Text};

use crate::declare::{columns, table};

table! {
    /// Settings, names and addresses of hosts as tools listed them; time and host are those of their row in `Snapshots`.
    pub struct DeviceFacts(Observed);
    DeviceFact as fact {
        /// The line.
        Line: Span [Reader] = fact.span;
        /// The number of the snapshot within its evidence, from 0.
        Snapshot: u32 [Reader] = fact.snapshot;
        /// What it is about within the host: an adapter, a route, a registry key, an audit subcategory.
        About: Option<Text> [Evidence lookup] = fact.about;
        /// Which fact.
        Kind: DeviceFactKind [Reader] = fact.kind;
        /// Its value as the tool wrote it.
        Value: Text [Evidence lookup] = fact.value;
    } => DeviceFact {
        span: Line,
        snapshot: Snapshot,
        about: About,
        kind: Kind,
        value: Value,
    }
}
