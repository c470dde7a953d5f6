//! Sources disagree: two sources of the same grade name different programs for one conversation.
//!
//! **Why it matters**: one of them is wrong or was tampered with, and neither may be told as a fact.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::{Grade, Text};

use super::raw::{RawFinding, program_of};
use crate::program::{is_handed_on, label};
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// The most findings.
const MOST_FINDINGS: usize = 100;

/// State: findings by the programs that are named.
#[derive(Debug, Default)]
pub(super) struct SourcesDisagree {
    found: BTreeMap<(Option<Text>, Vec<Text>), RawFinding>,
}

impl super::Detection for SourcesDisagree {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let told = &conversation.process;
        let disagree = told.conflicts.iter().any(|conflict| !is_handed_on(told, conflict));
        let Some(process) = told.process.as_ref().filter(|_| disagree) else {
            return;
        };
        let others = conversation.process.conflicts.iter().map(|conflict| &conflict.process);
        let mut programs: Vec<Text> = std::iter::once(process).chain(others).map(label).collect();
        programs.sort();
        let host = sources.host_label(conversation.host, Some(conversation.local.address));
        let key = (host.clone(), programs.clone());
        if self.found.len() < MOST_FINDINGS || self.found.contains_key(&key) {
            self.found
                .entry(key)
                .or_insert_with(|| finding(conversation, host, programs));
        }
    }

    fn finish(self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        self.found.into_values().collect()
    }
}

fn finding(conversation: &Conversation, host: Option<Text>, programs: Vec<Text>) -> RawFinding {
    let (program, pid) = program_of(&conversation.process);
    let mut proof = Proof::of(conversation.process.proof.iter().copied().take(2));
    proof.add(
        conversation
            .process
            .conflicts
            .iter()
            .flat_map(|conflict| conflict.proof.iter().copied().take(2)),
    );
    RawFinding {
        severity: Severity::Low,
        grade: Grade::Observed,
        kind: FindingKind::SourcesDisagree { programs },
        host,
        program,
        pid,
        first: conversation.first,
        last: conversation.last,
        remotes: vec![conversation.remote],
        proof,
    }
}
