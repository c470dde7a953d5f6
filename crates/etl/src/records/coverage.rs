//! What the sources of a trace cover.

use std::collections::BTreeMap;

use whotalks_record::{EvidenceId, SourceKind, SourceRange, Text, Timestamp};

use crate::{Totals, TraceHeader};

/// What is known of a source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    pub(crate) name: Option<Text>,
    pub(crate) first: Option<Timestamp>,
    pub(crate) last: Option<Timestamp>,
    pub(crate) units: u64,
}

impl Coverage {
    pub(crate) fn count(&mut self, time: Option<Timestamp>) {
        self.units += 1;
        self.first = match (self.first, time) {
            (Some(first), Some(time)) => Some(first.min(time)),
            (first, time) => first.or(time),
        };
        self.last = self.last.max(time);
    }

    pub(crate) fn range(self, evidence: EvidenceId, source: SourceKind) -> SourceRange {
        SourceRange {
            evidence,
            source,
            host: None,
            interface: self.name,
            first: self.first,
            last: self.last,
            units: self.units,
            lost: None,
            clock: None,
            session: None,
        }
    }
}

/// The sources that are no packets.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    by_kind: BTreeMap<SourceKind, Coverage>,
}

impl Sources {
    pub(crate) fn count(&mut self, source: SourceKind, time: Option<Timestamp>) {
        self.by_kind.entry(source).or_default().count(time);
    }

    /// What they cover. A provider is on from the start of the trace to its end, whatever it had to tell; where the file wrapped
    /// around or follows another one, from the first event that is in it. What the session lost may have been anybody's.
    pub(crate) fn ranges(
        self,
        evidence: EvidenceId,
        header: Option<&TraceHeader>,
        totals: &Totals,
    ) -> Vec<SourceRange> {
        let follows = |header: &&TraceHeader| header.is_one_of_several && header.file_number() != Some(1);
        let whole = header.filter(|header| !totals.wrapped && !follows(header));
        let started = whole.map(|header| header.start);
        let left = self.by_kind.values().filter_map(|one| one.first).min();
        let first = started.or(left);
        let last = header.and_then(|header| header.end).max(totals.last);
        let lost = totals.lost(header);
        let range = |(source, coverage): (SourceKind, Coverage)| {
            let mut range = coverage.range(evidence, source);
            if source.is_traced() {
                range.first = first;
                range.last = last;
                range.lost = Some(lost);
            }
            range
        };
        self.by_kind.into_iter().map(range).collect()
    }
}
