//! Log cleared: somebody emptied an event log.
//!
//! **Why it matters**: what was before is gone, so its absence proves nothing. ATT&CK: T1070.001 Clear Windows Event Logs.

use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::{Grade, HostEventKind, Text};

use super::raw::RawFinding;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// No state: events are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct LogCleared;

impl super::Detection for LogCleared {
    fn see(&mut self, _: &Conversation, _: &Sources<'_>) {}

    fn finish(self: Box<Self>, _: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        let cleared = sources
            .observed
            .host_events
            .iter()
            .filter(|event| event.kind == HostEventKind::LogCleared);
        let finding = |event: &whotalks_record::HostEvent| RawFinding {
            severity: Severity::Medium,
            grade: Grade::Observed,
            kind: FindingKind::LogCleared,
            host: Some(Text::clone(&event.host)),
            program: None,
            pid: None,
            first: Some(event.time),
            last: Some(event.time),
            remotes: Vec::new(),
            proof: Proof::of([event.span]),
        };
        cleared.map(finding).collect()
    }
}
