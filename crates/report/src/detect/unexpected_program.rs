//! Unexpected program: a documented endpoint of Windows, reached by a program that has no business there.
//!
//! **Why it matters**: malware hides behind endpoints that firewalls let through. Only endpoints whose callers the catalogue knows
//! completely are judged. ATT&CK: T1102 Web Service.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::{Endpoint, Grade, Text};

use super::raw::{RawFinding, program_of};
use crate::known::look_up;
use crate::program::cell;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// The most findings; each is a different program or name.
const MOST_FINDINGS: usize = 100;

/// State: findings by host, program and name.
#[derive(Debug, Default)]
pub(super) struct UnexpectedProgram {
    found: BTreeMap<(Option<Text>, Text, Text), RawFinding>,
}

impl super::Detection for UnexpectedProgram {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        if let Some((key, finding)) = judge(conversation, sources)
            && (self.found.len() < MOST_FINDINGS || self.found.contains_key(&key))
        {
            let known = self.found.entry(key).or_insert_with(|| finding.clone());
            known.last = known.last.max(finding.last);
            known.proof.add(finding.proof.spans().iter().copied());
        }
    }

    fn finish(self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        self.found.into_values().collect()
    }
}

type Key = (Option<Text>, Text, Text);

/// Only sure names and sure programs are judged.
fn judge(conversation: &Conversation, sources: &Sources<'_>) -> Option<(Key, RawFinding)> {
    let name = conversation
        .name
        .best
        .as_ref()
        .filter(|name| name.grade >= Grade::Derived)?;
    if conversation.process.grade < Grade::Derived {
        return None;
    }
    let found = look_up(sources.catalogue, &name.name, &cell(&conversation.process))?;
    if !found.program_is_unexpected {
        return None;
    }
    let (program, pid) = program_of(&conversation.process);
    let host = sources.host_label(conversation.host, Some(conversation.local.address));
    let remotes: Vec<Endpoint> = vec![conversation.remote];
    let mut proof = Proof::of(conversation.process.proof.iter().copied().take(2));
    proof.add(name.proof.iter().copied().take(1));
    let finding = RawFinding {
        severity: Severity::Medium,
        grade: conversation.process.grade.min(name.grade),
        kind: FindingKind::UnexpectedProgram {
            name: Text::clone(&name.name),
            expected: found.expected_programs,
        },
        host: host.clone(),
        program: program.clone(),
        pid,
        first: conversation.first,
        last: conversation.last,
        remotes,
        proof,
    };
    Some(((host, program?, Text::clone(&name.name)), finding))
}
