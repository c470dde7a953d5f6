//! Why something is not known, and what could not be read.

use crate::messages::macros::messages;

messages! {
    /// Why something is not known, and what could not be read.
    ReasonMessage {
        ReasonNotCollected { source: String } = "reason-not-collected",
        ReasonBeganLater { source: String, time: String } = "reason-began-later",
        ReasonEndedEarlier { source: String, time: String } = "reason-ended-earlier",
        ReasonRingOverwritten { source: String, time: String } = "reason-ring-overwritten",
        ReasonEventsLost { source: String, count: u64 } = "reason-events-lost",
        ReasonAmbiguous { count: u64, candidates: String } = "reason-ambiguous",
        ReasonClocksNotAligned = "reason-clocks-not-aligned",
        ReasonOneDirectionOnly = "reason-one-direction-only",
        ReasonSnappedTooShort = "reason-snapped-too-short",
        ReasonEncryptedClientHello = "reason-encrypted-client-hello",
        ReasonEncryptedDns = "reason-encrypted-dns",
        ReasonQuicInitialMissing = "reason-quic-initial-missing",
        ReasonProcessEnded { pid: String } = "reason-process-ended",
        ReasonBehindProxy { proxy: String } = "reason-behind-proxy",
        ReasonHostNotObserved = "reason-host-not-observed",
        ReasonNotInSource { source: String } = "reason-not-in-source",
        ReasonNotAudited { source: String } = "reason-not-audited",
        ReasonSuccessesNotAudited { source: String } = "reason-successes-not-audited",
        ReasonFailuresNotAudited { source: String } = "reason-failures-not-audited",
        ReasonFilterIdsRenumbered = "reason-filter-ids-renumbered",
        ReasonNoFilterRecorded = "reason-no-filter-recorded",
        UnknownProgram { reason: String } = "unknown-program",
        UnknownProgramName { reason: String } = "unknown-program-name",
        UnknownService { reason: String } = "unknown-service",
        UnknownName { reason: String } = "unknown-name",
        UnknownDecision { reason: String } = "unknown-decision",
        UnknownFilter { reason: String } = "unknown-filter",
        UnknownExample { conversations: String, example: String } = "unknown-example",
        RemedyCollect = "remedy-collect",
        RemedyUndo = "remedy-undo",
        IssueTruncated { place: String, field: String, needed: String, available: String } = "issue-truncated",
        IssueMalformed { place: String, field: String, found: String } = "issue-malformed",
        IssueUnsupported { place: String, field: String, found: String } = "issue-unsupported",
        IssueSkipped { place: String, unit: String, count: u64 } = "issue-skipped",
        IssueLost { place: String, unit: String, count: u64 } = "issue-lost",
        IssueBoundReached { place: String, bound: String, limit: u64, count: u64 } = "issue-bound-reached",
        IssueIo { place: String, message: String } = "issue-io",
    }
}
