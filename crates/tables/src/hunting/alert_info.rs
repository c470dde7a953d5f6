//! Table `AlertInfo`.

use crate::hunting::declare::empty_table;

empty_table! {
    /// Alerts of Defender; no evidence that whotalks reads states them, so that it is always empty.
    "AlertInfo";
    /// When it happened, in UTC, on the reference clock of the case.
    Timestamp: DateTime [Correlation],
    /// The identifier of the alert.
    AlertId: String [Evidence],
    /// The title of the alert.
    Title: String [Evidence],
    /// The kind of threat.
    Category: String [Evidence],
    /// How grave the alert is.
    Severity: String [Evidence],
    /// The product that raised the alert.
    ServiceSource: String [Evidence],
    /// The detection that raised the alert.
    DetectionSource: String [Evidence],
    /// The ATT&CK techniques, as a JSON array.
    AttackTechniques: String [Evidence],
    /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
    Span: String [Reader added],
}
