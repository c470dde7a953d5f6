//! Findings, one detection per file. A detection looks at every conversation once and keeps a bounded state.

mod beacon;
mod images;
mod lateral;
mod listener_burst;
mod log_cleared;
mod look_alike;
mod name_mismatch;
mod network_protection;
mod policy;
mod protection_off;
mod raw;
mod scan;
mod sources_disagree;
mod unexpected_program;
mod wrong_path;

use whotalks_correlate::{Conversation, ProcessLife};

pub(crate) use raw::RawFinding;

use crate::sources::Sources;

/// One detection.
trait Detection {
    /// Looks at one conversation.
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>);

    /// Says what was found; processes and everything else observed may be looked at now.
    fn finish(self: Box<Self>, processes: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding>;
}

/// All detections at work.
pub(crate) struct Detections {
    all: Vec<Box<dyn Detection>>,
}

impl Default for Detections {
    fn default() -> Self {
        Self {
            all: vec![
                Box::<policy::PolicyViolation>::default(),
                Box::<scan::Scan>::default(),
                Box::<beacon::Beacon>::default(),
                Box::<look_alike::LookAlike>::default(),
                Box::<wrong_path::WrongPath>::default(),
                Box::<unexpected_program::UnexpectedProgram>::default(),
                Box::<sources_disagree::SourcesDisagree>::default(),
                Box::<name_mismatch::NameMismatch>::default(),
                Box::<listener_burst::ListenerBurst>::default(),
                Box::<lateral::Lateral>::default(),
                Box::<log_cleared::LogCleared>::default(),
                Box::<protection_off::ProtectionOff>::default(),
                Box::<network_protection::NetworkProtection>::default(),
            ],
        }
    }
}

impl Detections {
    pub(crate) fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        for detection in &mut self.all {
            detection.see(conversation, sources);
        }
    }

    /// All findings, most severe first, then in order of time.
    pub(crate) fn finish(self, processes: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        let mut findings: Vec<RawFinding> = self
            .all
            .into_iter()
            .flat_map(|detection| detection.finish(processes, sources))
            .collect();
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.first));
        findings
    }
}
