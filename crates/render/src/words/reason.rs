//! Why something is not known, and what could not be read.

use whotalks_correlate::{AuditGap, EncryptedBy, UnknownReason};
use whotalks_record::{Issue, IssueKind, SourceKind};
use whotalks_report::{UnknownAspect, UnknownRow};

use super::{Words, issue_unit, quote, source};
use crate::messages::{ReasonMessage as Reason, UnitMessage};

fn not_audited(gap: AuditGap, source: String) -> Reason {
    match gap {
        AuditGap::Everything => Reason::ReasonNotAudited { source },
        AuditGap::Successes => Reason::ReasonSuccessesNotAudited { source },
        AuditGap::Failures => Reason::ReasonFailuresNotAudited { source },
    }
}

impl Words {
    /// Why something is not known, as a clause without a full stop.
    pub fn reason(&self, reason: &UnknownReason) -> String {
        self.text(&match reason {
            UnknownReason::SourceNotCollected(kind) => Reason::ReasonNotCollected {
                source: self.source(*kind),
            },
            UnknownReason::SourceBeganLater { source, began } => Reason::ReasonBeganLater {
                source: self.source(*source),
                time: self.time(*began),
            },
            UnknownReason::SourceEndedEarlier { source, ended } => Reason::ReasonEndedEarlier {
                source: self.source(*source),
                time: self.time(*ended),
            },
            UnknownReason::RingOverwritten { source, oldest } => Reason::ReasonRingOverwritten {
                source: self.source(*source),
                time: self.time(*oldest),
            },
            UnknownReason::EventsLost { source, count } => Reason::ReasonEventsLost {
                source: self.source(*source),
                count: *count,
            },
            UnknownReason::Ambiguous(candidates) => Reason::ReasonAmbiguous {
                count: candidates.len() as u64,
                candidates: self.list(candidates),
            },
            UnknownReason::ClocksNotAligned => Reason::ReasonClocksNotAligned,
            UnknownReason::OneDirectionOnly => Reason::ReasonOneDirectionOnly,
            UnknownReason::SnappedTooShort => Reason::ReasonSnappedTooShort,
            UnknownReason::EncryptedName(by) => encrypted_by(*by),
            UnknownReason::ProcessEndedBeforeItsNameWasRead(pid) => Reason::ReasonProcessEnded { pid: pid.to_string() },
            UnknownReason::BehindProxy(proxy) => Reason::ReasonBehindProxy {
                proxy: proxy.to_string(),
            },
            UnknownReason::HostNotObserved => Reason::ReasonHostNotObserved,
            UnknownReason::NotInSource(kind) => Reason::ReasonNotInSource {
                source: self.source(*kind),
            },
            UnknownReason::NotAudited { source, gap } => not_audited(*gap, self.source(*source)),
            UnknownReason::FilterIdsRenumbered => Reason::ReasonFilterIdsRenumbered,
            UnknownReason::NoFilterRecorded => Reason::ReasonNoFilterRecorded,
        })
    }

    /// What is not known and why, as a sentence.
    pub fn unknown(&self, aspect: UnknownAspect, reason: &UnknownReason) -> String {
        let reason = self.reason(reason);
        self.text(&match aspect {
            UnknownAspect::Program => Reason::UnknownProgram { reason },
            UnknownAspect::ProgramName => Reason::UnknownProgramName { reason },
            UnknownAspect::Service => Reason::UnknownService { reason },
            UnknownAspect::Name => Reason::UnknownName { reason },
            UnknownAspect::Decision => Reason::UnknownDecision { reason },
            UnknownAspect::Filter => Reason::UnknownFilter { reason },
        })
    }

    /// How many conversations an unknown concerns, with an example.
    pub fn concerns(&self, row: &UnknownRow) -> String {
        let conversations = self.text(&UnitMessage::Conversations {
            count: row.conversations,
        });
        match row.example {
            Some(example) => self.text(&Reason::UnknownExample {
                conversations,
                example: example.to_string(),
            }),
            None => conversations,
        }
    }

    /// A source's name.
    pub fn source(&self, kind: SourceKind) -> String {
        self.text(&source(kind))
    }

    /// What could not be read, and where.
    pub fn issue(&self, issue: &Issue) -> String {
        let place = issue.span.to_string();
        self.text(&match &issue.kind {
            IssueKind::Truncated {
                field,
                needed,
                available,
            } => Reason::IssueTruncated {
                place,
                field: (*field).to_owned(),
                needed: self.size(*needed),
                available: self.size(*available),
            },
            IssueKind::Malformed { field, found } => Reason::IssueMalformed {
                place,
                field: (*field).to_owned(),
                found: quote(found),
            },
            IssueKind::Unsupported { field, found } => Reason::IssueUnsupported {
                place,
                field: (*field).to_owned(),
                found: quote(found),
            },
            IssueKind::Skipped { unit, count } => Reason::IssueSkipped {
                place,
                unit: self.issue_unit(unit),
                count: *count,
            },
            IssueKind::Lost { unit, count } => Reason::IssueLost {
                place,
                unit: self.issue_unit(unit),
                count: *count,
            },
            IssueKind::BoundReached { bound, limit, count } => Reason::IssueBoundReached {
                place,
                bound: (*bound).to_owned(),
                limit: *limit,
                count: *count,
            },
            IssueKind::Io { message } => Reason::IssueIo {
                place,
                message: quote(message),
            },
        })
    }

    fn issue_unit(&self, unit: &str) -> String {
        issue_unit(unit).map_or_else(|| unit.to_owned(), |word| self.text(&word))
    }
}

fn encrypted_by(by: EncryptedBy) -> Reason {
    match by {
        EncryptedBy::EncryptedClientHello => Reason::ReasonEncryptedClientHello,
        EncryptedBy::EncryptedDns => Reason::ReasonEncryptedDns,
        EncryptedBy::Quic => Reason::ReasonQuicInitialMissing,
    }
}
