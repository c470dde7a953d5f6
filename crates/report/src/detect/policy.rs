//! Policy violation: a conversation that a rule of the user's own policy forbids.
//!
//! **Why it matters**: the user said so. **Grade**: what is seen is observed; where the name of the far end is the reason, its grade
//! counts. The program has a grade of its own, which the sentence states. **Example**: BitTorrent from a workstation.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, NameCandidate, ProcessLife, Verdict};
use whotalks_policy::{Rule, Severity as Written};
use whotalks_record::{Grade, Pid, Text};

use super::raw::{RawFinding, program_of};
use crate::policy::{grade, violated};
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity, Violation};

/// The most far ends a finding lists.
const MOST_REMOTES: usize = 5;
/// Findings that are kept; whoever has more has to write another policy.
const MOST_FINDINGS: usize = 5_000;

/// One finding per rule, host and program.
type Key = (usize, Option<Text>, Option<Text>, Option<Pid>);

/// State: the findings so far.
#[derive(Debug, Default)]
pub(super) struct PolicyViolation {
    found: BTreeMap<Key, RawFinding>,
}

impl super::Detection for PolicyViolation {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let Some(policy) = sources.policy else { return };
        for (number, rule, reason) in violated(policy, conversation) {
            let host = sources.host_label(conversation.host, Some(conversation.local.address));
            let (program, pid) = program_of(&conversation.process);
            let key = (number, host.clone(), program, pid);
            // Beyond the bound a finding takes in what is like it but for the program.
            let key = match self.found.len() < MOST_FINDINGS || self.found.contains_key(&key) {
                true => key,
                false => (number, host, None, None),
            };
            let found = self.found.entry(key);
            found
                .or_insert_with_key(|key| begin(key, rule))
                .fold(conversation, reason);
        }
    }

    fn finish(self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        self.found.into_values().collect()
    }
}

fn begin((number, host, program, pid): &Key, rule: &Rule) -> RawFinding {
    RawFinding {
        severity: match rule.severity {
            Written::High => Severity::High,
            Written::Medium => Severity::Medium,
            Written::Low => Severity::Low,
            Written::Info => Severity::Info,
        },
        grade: Grade::Observed,
        kind: FindingKind::PolicyViolation(Violation {
            rule: *number as u64,
            title: rule.title.as_str().into(),
            conversations: 0,
            blocked: 0,
            names: Vec::new(),
            program_grade: Grade::Observed,
        }),
        host: host.clone(),
        program: program.clone(),
        pid: *pid,
        first: None,
        last: None,
        remotes: Vec::new(),
        proof: Proof::default(),
    }
}

impl RawFinding {
    /// Takes in another conversation that is against the same rule.
    fn fold(&mut self, conversation: &Conversation, reason: Option<&NameCandidate>) {
        self.grade = self.grade.min(grade(reason));
        self.first = [self.first, conversation.first].into_iter().flatten().min();
        self.last = self.last.max(conversation.last);
        if self.remotes.len() < MOST_REMOTES && !self.remotes.contains(&conversation.remote) {
            self.remotes.push(conversation.remote);
        }
        self.proof.add(conversation.proof.iter().copied().take(1));
        self.proof.add(conversation.process.proof.iter().copied().take(1));
        self.proof
            .add(reason.iter().flat_map(|reason| reason.proof.iter().copied()).take(1));
        let FindingKind::PolicyViolation(violation) = &mut self.kind else {
            return;
        };
        violation.conversations += 1;
        violation.blocked += u64::from(conversation.decision.verdict == Verdict::Blocked);
        violation.program_grade = violation.program_grade.min(conversation.process.grade);
        if let Some(reason) = reason
            && violation.names.len() < MOST_REMOTES
            && !violation.names.contains(&reason.name)
        {
            violation.names.push(Text::clone(&reason.name));
        }
    }
}
