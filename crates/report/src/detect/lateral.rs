//! Lateral connection: one observed host called another one, so that both ends can be read side by side.
//!
//! **Why it matters**: it is information, not an accusation; the two hosts' own words on one flow confirm or refute each other.
//! ATT&CK: TA0008 Lateral Movement.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, HostId, ProcessLife};
use whotalks_record::{Direction, Grade};

use super::raw::{RawFinding, program_of};
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// The most far ends a finding lists.
const MOST_REMOTES: usize = 5;

/// State: one finding per pair of hosts.
#[derive(Debug, Default)]
pub(super) struct Lateral {
    found: BTreeMap<(HostId, HostId), RawFinding>,
}

impl super::Detection for Lateral {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let called = sources
            .hosts
            .iter()
            .find(|host| host.addresses.contains(&conversation.remote.address));
        let (Some(caller), Some(called)) = (conversation.host, called) else {
            return;
        };
        if caller == called.id || conversation.direction == Some(Direction::Inbound) {
            return;
        }
        let key = (caller, called.id);
        let known = self.found.entry(key).or_insert_with(|| {
            let other = sources.host_label(Some(called.id), Some(conversation.remote.address));
            finding(conversation, sources, other.unwrap_or_else(|| "".into()))
        });
        known.last = known.last.max(conversation.last);
        known.proof.add(conversation.proof.iter().copied().take(1));
        if known.remotes.len() < MOST_REMOTES && !known.remotes.contains(&conversation.remote) {
            known.remotes.push(conversation.remote);
        }
    }

    fn finish(self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        self.found.into_values().collect()
    }
}

fn finding(conversation: &Conversation, sources: &Sources<'_>, other: whotalks_record::Text) -> RawFinding {
    let (program, pid) = program_of(&conversation.process);
    RawFinding {
        severity: Severity::Info,
        grade: Grade::Observed,
        kind: FindingKind::LateralConnection {
            other,
            address: conversation.remote.address,
        },
        host: sources.host_label(conversation.host, Some(conversation.local.address)),
        program,
        pid,
        first: conversation.first,
        last: conversation.last,
        remotes: Vec::new(),
        proof: Proof::default(),
    }
}
