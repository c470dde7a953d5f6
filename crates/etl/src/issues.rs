//! What could not be read, kept to a bounded number.

use whotalks_record::{EvidenceId, Issue, IssueKind, Position, Span};

/// Issues told one by one; damage that repeats in every buffer says nothing new, and is counted beyond that.
const MOST_ISSUES: u64 = 1_000;

/// Hands issues on until there are too many of them.
#[derive(Debug)]
pub(crate) struct Issues {
    evidence: EvidenceId,
    told: u64,
    untold: u64,
}

impl Issues {
    pub(crate) const fn new(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            told: 0,
            untold: 0,
        }
    }

    /// The issue to hand on, if it is still one of the first.
    pub(crate) fn take(&mut self, span: Span, kind: IssueKind) -> Option<Issue> {
        if self.told >= MOST_ISSUES {
            self.untold += 1;
            return None;
        }
        self.told += 1;
        Some(Issue { span, kind })
    }

    /// What to say of those that were not handed on.
    pub(crate) fn rest(&self) -> Option<Issue> {
        (self.untold > 0).then(|| Issue {
            span: Span::whole(self.evidence),
            kind: IssueKind::BoundReached {
                bound: "trace issues",
                limit: MOST_ISSUES,
                count: self.untold,
            },
        })
    }

    /// A place in the trace, behind the event with that number.
    pub(crate) const fn span(&self, number: u64, offset: u64, length: u32) -> Span {
        Span {
            evidence: self.evidence,
            position: Position::Record(number),
            offset,
            length,
        }
    }
}
