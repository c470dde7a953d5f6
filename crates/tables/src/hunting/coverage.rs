//! Table `Coverage`.

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// What each source covers: only where a source covers a time is its silence a statement.
    pub struct Coverage;
    /// What one source covers.
    pub struct CoverageRow {
        /// From when it covers its subject.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// Until when it covers its subject.
        pub last_time as LastTime: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The number of the piece of evidence.
        pub evidence_id as EvidenceId: i64 [Reader],
        /// Which source it is.
        pub source as Source: Text [Reader],
        /// Units that were read.
        pub units as Units: i64 [Reader],
        /// Units that the source says it lost; null where it says nothing.
        pub lost as Lost: i64 [Evidence],
        /// Whether a ring had overwritten what was before.
        pub overwritten_before as OverwrittenBefore: bool [Correlation],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
