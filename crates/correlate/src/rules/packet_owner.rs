//! Rule "packet owner": the host that captured says with each packet which process last used its socket (macOS: PKTAP headers,
//! process information in pcapng).
//!
//! Window: the packets of the flow themselves; nothing is joined by time. Grade: observed where packets left the host under the
//! name; derived where packets only came in, since their socket was looked up by its ports and its program may not have read them
//! yet. Defeated by: packets of one flow with different processes, as when a socket is handed on by `launchd` (both are shown, and
//! the grade falls), and by packets for which the system found no socket: those of the kernel, and what it forwards.
//!
//! A process may act for another one (a socket that was delegated, as `nsurlsessiond` has them). The socket is its own all the same:
//! the other program is a second statement, [`crate::Conversation::relayed_for`].

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{EvidenceId, FlowId, Grade, PacketOwner, Pid, Text};

use super::claim::{Claim, decide};
use super::subject::Subject;
use crate::observed::Observed;
use crate::process::ProcessTable;
use crate::{Attribution, ProcessRule, UnknownReason};

/// What packets name, by the flow that they are of.
#[derive(Debug, Default)]
pub(crate) struct OwnerIndex<'a> {
    by_flow: FxHashMap<(EvidenceId, FlowId), Vec<&'a PacketOwner>>,
    captures: FxHashSet<EvidenceId>,
}

impl<'a> OwnerIndex<'a> {
    pub(crate) fn build(observed: &'a Observed) -> Self {
        let mut index = Self::default();
        for owner in &observed.owners {
            let evidence = owner.span.evidence;
            index.captures.insert(evidence);
            index.by_flow.entry((evidence, owner.flow)).or_default().push(owner);
        }
        index
    }

    /// Whether a capture names processes at all: then it says something about a flow for which it names none.
    pub(crate) fn has(&self, capture: EvidenceId) -> bool {
        self.captures.contains(&capture)
    }

    /// The claims of this rule.
    pub(crate) fn claims(&self, flow: Option<(EvidenceId, FlowId)>, subject: &Subject) -> Vec<Claim> {
        let owners = self.of(flow, subject);
        let grade = grade(&owners);
        let named = owners.into_iter().filter(|owner| is_named(owner));
        named
            .map(|owner| claim(owner, subject, ProcessRule::PacketOwner, grade))
            .collect()
    }

    /// The program that the process of a flow acts for.
    pub(crate) fn acts_for(
        &self,
        flow: Option<(EvidenceId, FlowId)>,
        subject: &Subject,
        processes: &ProcessTable,
    ) -> Option<Attribution> {
        let owners = self.of(flow, subject);
        let grade = grade(&owners);
        let is_effective = |owner: &&PacketOwner| owner.effective_pid.is_some() || owner.effective_image.is_some();
        let effective: Vec<&PacketOwner> = owners.into_iter().filter(is_effective).collect();
        effective.first()?;
        let claims = effective.iter().map(|owner| Claim {
            pid: owner.effective_pid,
            image: owner.effective_image.clone(),
            ..claim(owner, subject, ProcessRule::Delegation, grade)
        });
        let decided = decide(claims.collect(), subject.host, (subject.first, subject.last), processes);
        Some(if decided.conflicts.is_empty() {
            decided
        } else {
            ambiguous(decided, &effective)
        })
    }

    /// The owners of the subject's own end of a flow.
    fn of(&self, flow: Option<(EvidenceId, FlowId)>, subject: &Subject) -> Vec<&'a PacketOwner> {
        let owners = flow.and_then(|flow| self.by_flow.get(&flow)).into_iter().flatten();
        owners.filter(|owner| owner.local == subject.local).copied().collect()
    }
}

/// Packets that left the host are its own word; of those that came in the system says which socket they were for.
fn grade(owners: &[&PacketOwner]) -> Grade {
    match owners.iter().any(|owner| owner.sent_packets > 0) {
        true => Grade::Observed,
        false => Grade::Derived,
    }
}

/// Number 4 without a name would be taken for the kernel of Windows.
fn is_named(owner: &PacketOwner) -> bool {
    owner.image.is_some() || owner.pid.is_some_and(|pid| pid != Pid::SYSTEM)
}

fn claim(owner: &PacketOwner, subject: &Subject, rule: ProcessRule, grade: Grade) -> Claim {
    let time = owner.time.unwrap_or(subject.first);
    Claim {
        rule,
        grade,
        pid: owner.pid,
        image: owner.image.clone(),
        service: None,
        time,
        stated: time,
        proof: vec![owner.span],
    }
}

/// Several programs that a process acted for in one flow: all are named, none is picked.
fn ambiguous(decided: Attribution, effective: &[&PacketOwner]) -> Attribution {
    let mut names: Vec<Text> = effective.iter().map(|owner| label(owner)).collect();
    names.sort();
    names.dedup();
    Attribution {
        rule: decided.rule,
        proof: effective.iter().map(|owner| owner.span).collect(),
        unknown: Some(UnknownReason::Ambiguous(names)),
        ..Attribution::default()
    }
}

fn label(owner: &PacketOwner) -> Text {
    match (&owner.effective_image, owner.effective_pid) {
        (Some(image), _) => Text::clone(image),
        (None, pid) => format!("pid {}", pid.unwrap_or(Pid::IDLE)).into(),
    }
}
