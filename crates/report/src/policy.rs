//! What a policy says of conversations, and what it cannot say.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, NameCandidate};
use whotalks_policy::{Criterion, Policy, ProtocolPath, Rule, Talk, Verdict};
use whotalks_record::{Direction, Endpoint, Grade, IpProtocol, RecognisedBy, Text};

/// How a policy was applied.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyReport {
    /// How many rules there are.
    pub rules: u64,
    /// How many of them something is against.
    pub violated: u64,
    /// What could not be judged, in the order of the rules.
    pub unjudged: Vec<Unjudged>,
}

/// A rule that could not be applied to everything.
#[derive(Clone, Debug, PartialEq)]
pub struct Unjudged {
    /// Its number in the file, from 1.
    pub rule: u64,
    /// Its title.
    pub title: Text,
    /// What is missing.
    pub reason: UnjudgedReason,
}

/// Why a rule could not be applied.
#[derive(Clone, Debug, PartialEq)]
pub enum UnjudgedReason {
    /// A case keeps no link layers and no tunnels; only packets show these protocols.
    NotInCase {
        /// The protocols.
        protocols: Vec<Text>,
    },
    /// Of so many conversations that fit otherwise, no packets show what they carried.
    NoContent {
        /// How many.
        conversations: u64,
    },
    /// Of so many conversations that fit otherwise, the name of the far end is not known.
    NoName {
        /// How many.
        conversations: u64,
    },
}

/// The rules that forbid a conversation, by their numbers in the file, each with the name that is the reason where one is.
pub(crate) fn violated<'p, 'c>(
    policy: &'p Policy,
    conversation: &'c Conversation,
) -> impl Iterator<Item = (usize, &'p Rule, Option<&'c NameCandidate>)> {
    policy.numbered().filter_map(move |(number, rule)| {
        let verdict = judge(rule, conversation);
        let reason = candidates(conversation).find(|candidate| rule.fits_name(&candidate.name));
        (verdict == Verdict::Forbidden).then_some((number, rule, reason))
    })
}

/// What a rule says of a conversation.
fn judge(rule: &Rule, conversation: &Conversation) -> Verdict {
    let (source, destination) = ends(conversation);
    if rule.has(Criterion::Protocols) {
        let is_used = rule.protocols().iter().any(|path| uses(conversation, path));
        let is_forbidden = is_used && rule.forbids_between(Some(destination.address));
        return if is_forbidden {
            Verdict::Forbidden
        } else {
            Verdict::Allowed
        };
    }
    let names: Vec<&str> = candidates(conversation)
        .map(|candidate| candidate.name.as_ref())
        .collect();
    rule.judge(&Talk {
        protocol: conversation.protocol,
        source,
        destination,
        application: conversation
            .flow
            .map(|_| RecognisedBy::proved(conversation.recognised_by, conversation.application)),
        names: (!names.is_empty()).then_some(names.as_slice()),
    })
}

/// Who opened it and who was called; the far end was called where nothing says otherwise.
fn ends(conversation: &Conversation) -> (Endpoint, Endpoint) {
    match conversation.direction {
        Some(Direction::Inbound) => (conversation.remote, conversation.local),
        _ => (conversation.local, conversation.remote),
    }
}

fn candidates(conversation: &Conversation) -> impl Iterator<Item = &NameCandidate> {
    conversation.name.best.iter().chain(&conversation.name.others)
}

/// Whether a conversation is one of a protocol. Those of a case are the innermost ones of their packets.
fn uses(conversation: &Conversation, path: &ProtocolPath) -> bool {
    let is_v6 = conversation.remote.address.is_ipv6();
    match (path.ip_protocol(), path.steps()) {
        (Some(protocol), _) => protocol == conversation.protocol,
        (None, ["ip"]) => !is_v6,
        (None, ["ipv6"]) => is_v6,
        _ => false,
    }
}

/// Whether a case has all conversations of a protocol: it keeps the innermost ones, so that it is told what is no tunnel.
fn is_kept(path: &ProtocolPath) -> bool {
    const KEPT: [IpProtocol; 6] = [
        IpProtocol::ICMP,
        IpProtocol::ICMPV6,
        IpProtocol::TCP,
        IpProtocol::UDP,
        // IGMP and SCTP.
        IpProtocol(2),
        IpProtocol(132),
    ];
    path.ip_protocol().is_some_and(|protocol| KEPT.contains(&protocol))
}

/// Counts what could not be judged.
#[derive(Debug, Default)]
pub(crate) struct Gaps {
    /// Conversations by the number of the rule, without content and without a name.
    counts: BTreeMap<usize, (u64, u64)>,
}

impl Gaps {
    pub(crate) fn see(&mut self, conversation: &Conversation, policy: &Policy) {
        for (number, rule) in policy.numbered() {
            if let Verdict::Unknown(missing) = judge(rule, conversation) {
                let (content, name) = self.counts.entry(number).or_default();
                match missing {
                    Criterion::Applications => *content += 1,
                    Criterion::Names | Criterion::Protocols => *name += 1,
                }
            }
        }
    }

    /// The report; so many rules were violated.
    pub(crate) fn report(&self, policy: &Policy, violated: u64) -> PolicyReport {
        let unjudged = policy.numbered().flat_map(|(number, rule)| self.of_rule(number, rule));
        PolicyReport {
            rules: policy.rules.len() as u64,
            violated,
            unjudged: unjudged.collect(),
        }
    }

    fn of_rule(&self, number: usize, rule: &Rule) -> Vec<Unjudged> {
        let (content, name) = self.counts.get(&number).copied().unwrap_or_default();
        let hidden = rule.protocols().iter().filter(|path| !is_kept(path));
        let protocols: Vec<Text> = hidden.map(|path| path.to_string().into()).collect();
        let reasons = [
            (!protocols.is_empty()).then_some(UnjudgedReason::NotInCase { protocols }),
            (content > 0).then_some(UnjudgedReason::NoContent { conversations: content }),
            (name > 0).then_some(UnjudgedReason::NoName { conversations: name }),
        ];
        let unjudged = |reason| Unjudged {
            rule: number as u64,
            title: rule.title.as_str().into(),
            reason,
        };
        reasons.into_iter().flatten().map(unjudged).collect()
    }
}

/// How sure it is that a rule forbids a conversation: what is seen is observed, a name is as sure as its evidence.
pub(crate) fn grade(reason: Option<&NameCandidate>) -> Grade {
    reason.map_or(Grade::Observed, |reason| reason.grade)
}
