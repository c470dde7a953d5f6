//! Name mismatch: the server name in TLS is not the target that the proxy was asked for.
//!
//! **Why it matters**: domain fronting and false server names hide the real target from a proxy's policy.
//! ATT&CK: T1090.004 Proxy: Domain Fronting.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, NameEvidence, ProcessLife};
use whotalks_record::{Grade, Text};

use super::raw::{RawFinding, program_of};
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// The most findings.
const MOST_FINDINGS: usize = 100;

/// State: findings by the two names.
#[derive(Debug, Default)]
pub(super) struct NameMismatch {
    found: BTreeMap<(Text, Text), RawFinding>,
}

impl super::Detection for NameMismatch {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        if let Some((asked, shown, finding)) = judge(conversation, sources)
            && self.found.len() < MOST_FINDINGS
        {
            self.found.entry((asked, shown)).or_insert(finding);
        }
    }

    fn finish(self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        self.found.into_values().collect()
    }
}

fn judge(conversation: &Conversation, sources: &Sources<'_>) -> Option<(Text, Text, RawFinding)> {
    let best = conversation.name.best.as_ref();
    let asked = best.filter(|best| matches!(best.evidence, NameEvidence::ProxyTarget(_)))?;
    let is_name = asked.name.parse::<std::net::IpAddr>().is_err();
    let others = conversation.name.others.iter();
    let shown = others
        .clone()
        .find(|one| one.evidence.is_server_name() && one.name != asked.name)?;
    let also_asked = others
        .clone()
        .any(|one| one.evidence.is_proxy_target() && one.name == shown.name);
    if !is_name || also_asked {
        return None;
    }
    let (program, pid) = program_of(&conversation.process);
    let proof = Proof::of(asked.proof.iter().chain(&shown.proof).copied());
    let finding = RawFinding {
        severity: Severity::Medium,
        grade: Grade::Observed,
        kind: FindingKind::NameMismatch {
            asked: Text::clone(&asked.name),
            shown: Text::clone(&shown.name),
        },
        host: sources.host_label(conversation.host, Some(conversation.local.address)),
        program,
        pid,
        first: conversation.first,
        last: conversation.last,
        remotes: vec![conversation.remote],
        proof,
    };
    Some((Text::clone(&asked.name), Text::clone(&shown.name), finding))
}
