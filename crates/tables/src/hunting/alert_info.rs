//! Table `AlertInfo`.

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// What whotalks found, as Defender tells alerts: one row for each finding of `whotalks investigate`.
    pub struct AlertInfo;
    /// One finding.
    pub struct AlertRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// The identifier of the alert.
        pub alert_id as AlertId: Text [Correlation],
        /// The title of the alert.
        pub title as Title: Text [Correlation],
        /// The kind of threat.
        pub category as Category: Text [Correlation],
        /// How grave the alert is.
        pub severity as Severity: Text [Correlation],
        /// The product that raised the alert.
        pub service_source as ServiceSource: Text [Correlation],
        /// The detection that raised the alert.
        pub detection_source as DetectionSource: Text [Correlation],
        /// The ATT&CK techniques, as a JSON array.
        pub attack_techniques as AttackTechniques: Text [Correlation],
        /// How sure it is.
        pub grade as Grade: Text [Correlation added],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader added],
    }
}
