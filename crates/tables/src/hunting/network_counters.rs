//! Table `NetworkCounters`.

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Counters of the network stack over time, as `netstat -s` and `netstat -e` list them.
    pub struct NetworkCounters;
    /// One counter at one time.
    pub struct CounterRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The number of the listing within its evidence, from 0.
        pub snapshot as Snapshot: i32 [Reader],
        /// The section, in a word that is the same in every language.
        pub section as Section: Text [Reader],
        /// The counter, in a word that is the same in every language (`tcp.active-opens`).
        pub name as Name: Text [Reader lookup],
        /// The value; null where it needs more than 63 bits.
        pub value as Value: i64 [Evidence],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
