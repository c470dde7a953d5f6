//! Protection off: real-time protection of Defender was off when its status was listed.
//!
//! **Why it matters**: nothing then stops known malware as it is written or run, and network protection does not work either. It
//! is said only where the antivirus of Defender is not stated to be off as well, as it is where another product stands in for
//! it. ATT&CK: T1562.001 Disable or Modify Tools.

use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::{DeviceFact, DeviceFactKind, Grade};

use super::raw::RawFinding;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// No state: listings are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct ProtectionOff;

impl super::Detection for ProtectionOff {
    fn see(&mut self, _: &Conversation, _: &Sources<'_>) {}

    fn finish(self: Box<Self>, _: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        let facts = &sources.observed.device_facts;
        let off = |kind: DeviceFactKind| {
            facts
                .iter()
                .filter(move |fact| fact.kind == kind && &*fact.value == "false")
        };
        let replaced = |fact: &DeviceFact| {
            off(DeviceFactKind::Antivirus)
                .any(|other| other.span.evidence == fact.span.evidence && other.snapshot == fact.snapshot)
        };
        let finding = |fact: &DeviceFact| {
            let snapshot = sources.observed.snapshot_of(fact.span, fact.snapshot);
            let time = snapshot.and_then(|snapshot| snapshot.time);
            RawFinding {
                severity: Severity::Medium,
                grade: Grade::Observed,
                kind: FindingKind::ProtectionOff,
                host: sources.host_of(fact.span.evidence),
                program: None,
                pid: None,
                first: time,
                last: time,
                remotes: Vec::new(),
                proof: Proof::of([fact.span]),
            }
        };
        let alone = off(DeviceFactKind::RealTimeProtection).filter(|fact| !replaced(fact));
        alone.map(finding).collect()
    }
}
