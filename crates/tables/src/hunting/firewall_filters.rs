//! Table `FirewallFilters`.

use whotalks_record::{Text, Timestamp};

use crate::cell::Json;
use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Filters of the Windows Filtering Platform over time, as dumps and events state them.
    pub struct FirewallFilters;
    /// One statement about one filter.
    pub struct FilterRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// What happened to it: `present`, `added` or `deleted`.
        pub change as Change: Text [Evidence],
        /// The run-time identifier, given out anew at boot and on policy changes.
        pub filter_id as FilterId: i64 [Evidence],
        /// The lasting key, a GUID in lower case with braces.
        pub key as Key: Text [Evidence lookup],
        /// The display name; for a filter made by a firewall rule, the name of the rule.
        pub name as Name: Text [Evidence lookup],
        /// The display description.
        pub description as Description: Text [Evidence],
        /// The provider: a symbolic name, a display name or a GUID.
        pub provider as Provider: Text [Evidence],
        /// The identifier of the firewall rule.
        pub rule as Rule: Text [Evidence],
        /// The layer: a symbolic name, a display name or a token.
        pub layer as Layer: Text [Evidence],
        /// The sublayer, likewise.
        pub sublayer as Sublayer: Text [Evidence],
        /// What it does.
        pub action as Action: Text [Evidence],
        /// The effective weight in decimal digits: it may need all of 64 bits.
        pub weight as Weight: Text [Evidence],
        /// What must match, as an array of objects with `field`, `comparison` and `value`.
        pub conditions as Conditions: Json [Evidence],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
