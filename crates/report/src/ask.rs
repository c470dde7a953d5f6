//! The question of `ask`: everything the evidence says of one address, name, program or process, sentence by sentence.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_correlate::{Conversation, HostId, NameCandidate, ProcessIdentity, ProcessRule, Verdict};
use whotalks_policy::Policy;
use whotalks_record::{Grade, NetworkProtectionEvent, Span, Text, Timestamp};

use crate::endpoints::{RowKey, row_key, unknowns};
use crate::known::look_up;
use crate::policy::violated;
use crate::program::{cell, file_name, is_handed_on, label, relayed_for};
use crate::proof::{Citer, Proof};
use crate::protection::judged;
use crate::remedies::remedy;
use crate::sources::Sources;
use crate::{Answer, Finding, FindingKind, Overview, Statement, StatementKind, Subject};

/// The most groups of conversations that one answer tells.
const MOST_GROUPS: usize = 50;

/// An answer under construction.
pub struct Question<'a> {
    sources: Sources<'a>,
    subject: Subject,
    groups: BTreeMap<RowKey, Group>,
    omitted: u64,
    talking_hosts: FxHashSet<HostId>,
    packets: FxHashMap<Span, Timestamp>,
}

/// Conversations that share host, far end, name and program.
struct Group {
    example: Conversation,
    conversations: u64,
    sent: Option<u64>,
    received: Option<u64>,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    decisions: BTreeMap<Verdict, u64>,
    proof: Proof,
    decision_proof: Proof,
    /// The rules of a policy that it is against.
    violated: BTreeSet<u64>,
}

impl<'a> Question<'a> {
    /// Asks about `subject`.
    pub fn new(sources: Sources<'a>, subject: Subject) -> Self {
        Self {
            sources,
            subject,
            groups: BTreeMap::new(),
            omitted: 0,
            talking_hosts: FxHashSet::default(),
            packets: FxHashMap::default(),
        }
    }

    /// Takes one conversation into account, if it is about the subject.
    pub fn add(&mut self, conversation: &Conversation) {
        if !matches(&self.subject, conversation) {
            return;
        }
        self.talking_hosts.extend(conversation.host);
        self.note_times(conversation);
        let key = row_key(conversation, &self.sources);
        if self.groups.len() >= MOST_GROUPS && !self.groups.contains_key(&key) {
            self.omitted += 1;
            return;
        }
        self.groups
            .entry(key)
            .or_insert_with(|| Group::new(conversation))
            .fold(conversation, self.sources.policy);
    }

    /// The finished answer; `overview` gives the findings and the range of the evidence.
    pub fn finish(self, overview: &Overview) -> Answer {
        let judged = judged(&self.sources, |event| judges(&self.subject, event));
        let mut wanted: FxHashSet<Span> = self.groups.values().flat_map(Group::spans).collect();
        wanted.extend(judged.iter().flat_map(|finding| finding.proof.spans().iter().copied()));
        let citer = Citer::new(self.sources, &wanted, self.packets);
        let mut statements = Vec::new();
        for group in self.groups.values() {
            statements.extend(group.statements(&citer, &self.sources));
            statements.extend(findings(group, &overview.findings, &self.sources));
        }
        let judged = judged.into_iter().map(|finding| finding.cited(&citer));
        statements.extend(judged.map(|finding| said(&finding)));
        let hosts = self.sources.hosts.len() as u64;
        if statements.is_empty() {
            let (first, last) = overview.range.unzip();
            statements.push(plain(
                Grade::Observed,
                StatementKind::NothingFound { hosts, first, last },
            ));
        } else if self.talking_hosts.len() == 1 {
            let duration = overview.range.map(|(first, last)| last - first);
            statements.push(plain(Grade::Observed, StatementKind::NoOtherHost { hosts, duration }));
        }
        Answer {
            subject: self.subject,
            statements,
        }
    }

    fn note_times(&mut self, conversation: &Conversation) {
        if let (Some(span), Some(first), Some(_)) = (conversation.proof.first(), conversation.first, conversation.flow)
        {
            self.packets.insert(*span, first);
        }
        let names = conversation.name.best.iter().chain(&conversation.name.others);
        self.packets
            .extend(names.filter_map(|name| Some((*name.proof.first()?, name.time?))));
    }
}

/// Whether a conversation is about the subject. A name matches on whole labels from the right, a program by its file name.
fn matches(subject: &Subject, conversation: &Conversation) -> bool {
    match subject {
        Subject::Address(address, port) => {
            let end_matches =
                |end: whotalks_record::Endpoint| end.address == *address && port.is_none_or(|port| port == end.port);
            end_matches(conversation.remote) || conversation.host.is_none() && end_matches(conversation.local)
        }
        Subject::Pid(pid) => processes(conversation).any(|process| process.pid == Some(*pid)),
        Subject::Name(name) => {
            processes(conversation).any(|process| is_called(name, process)) || names_far_end(name, conversation)
        }
    }
}

/// The process that made a conversation, and the one that a relay made it for.
fn processes(conversation: &Conversation) -> impl Iterator<Item = &ProcessIdentity> {
    let relayed = conversation.relayed_for.iter().filter_map(|one| one.process.as_ref());
    conversation.process.process.iter().chain(relayed)
}

/// Whether network protection judged what the subject asks about. The event names no process identifier; a port counts only where
/// it is written.
fn judges(subject: &Subject, event: &NetworkProtectionEvent) -> bool {
    match subject {
        Subject::Address(address, port) => {
            let is_port = port.is_none_or(|port| event.port.is_none_or(|written| written == port));
            event.address == Some(*address) && is_port
        }
        Subject::Pid(_) => false,
        Subject::Name(name) => {
            let is_program = event.image.as_deref().is_some_and(|image| is_image(name, image));
            is_program || event.name.as_deref().is_some_and(|known| is_below(name, known))
        }
    }
}

/// Whether an image is called so, with or without its extension.
fn is_image(name: &str, image: &str) -> bool {
    let image = file_name(image);
    let stem = image.rsplit_once('.').map_or(image, |(stem, _)| stem);
    image.eq_ignore_ascii_case(name) || stem.eq_ignore_ascii_case(name)
}

fn is_called(name: &str, process: &ProcessIdentity) -> bool {
    let image = process.image.as_deref().unwrap_or_default();
    let service = process
        .service
        .services
        .iter()
        .any(|service| service.eq_ignore_ascii_case(name));
    service || is_image(name, image)
}

fn names_far_end(name: &str, conversation: &Conversation) -> bool {
    let mut candidates = conversation.name.best.iter().chain(&conversation.name.others);
    candidates.any(|one| is_below(name, &one.name))
}

/// Whether a name is the one asked for, or lies below it.
fn is_below(name: &str, known: &str) -> bool {
    let wanted = name.trim_end_matches('.').to_lowercase();
    let known = known.to_lowercase();
    known == wanted || known.ends_with(&format!(".{wanted}"))
}

impl Group {
    fn new(conversation: &Conversation) -> Self {
        Self {
            example: conversation.clone(),
            conversations: 0,
            sent: None,
            received: None,
            first: None,
            last: None,
            decisions: BTreeMap::new(),
            proof: Proof::default(),
            decision_proof: Proof::default(),
            violated: BTreeSet::new(),
        }
    }

    fn fold(&mut self, conversation: &Conversation, policy: Option<&Policy>) {
        self.conversations += 1;
        let violated = policy.into_iter().flat_map(|policy| violated(policy, conversation));
        self.violated.extend(violated.map(|(number, ..)| number as u64));
        if let Some(sent) = conversation.sent {
            *self.sent.get_or_insert(0) += sent.ip_bytes;
        }
        if let Some(received) = conversation.received {
            *self.received.get_or_insert(0) += received.ip_bytes;
        }
        self.first = [self.first, conversation.first].into_iter().flatten().min();
        self.last = [self.last, conversation.last].into_iter().flatten().max();
        *self.decisions.entry(conversation.decision.verdict).or_default() += conversation.decision.events.max(1);
        self.proof.add(conversation.process.proof.iter().take(2).copied());
        self.proof.add(conversation.proof.iter().take(1).copied());
        self.decision_proof.add(conversation.decision.proof.iter().copied());
    }

    fn spans(&self) -> Vec<Span> {
        let process = self.example.process.process.as_ref();
        let conflicts = self
            .example
            .process
            .conflicts
            .iter()
            .flat_map(|conflict| &conflict.proof);
        let names = self
            .example
            .name
            .best
            .iter()
            .chain(&self.example.name.others)
            .flat_map(|name| &name.proof);
        let filter = self.example.decision.filter.iter().flat_map(|filter| &filter.proof);
        let life = process.into_iter().flat_map(|process| &process.proof);
        let relay = self.example.relayed_for.iter().flat_map(|relayed| &relayed.proof);
        let own = self.proof.spans().iter().chain(self.decision_proof.spans());
        own.chain(life)
            .chain(relay)
            .chain(conflicts)
            .chain(names)
            .chain(filter)
            .copied()
            .collect()
    }

    /// The sentences of one group, in the order of reading.
    fn statements(&self, citer: &Citer<'_>, sources: &Sources<'_>) -> Vec<Statement> {
        let mut statements = vec![self.headline(citer, sources)];
        statements.extend(self.life(citer));
        statements.extend(self.relay(citer));
        statements.push(self.volume());
        statements.extend(self.names(citer));
        statements.extend(self.conflicts(citer));
        statements.extend(self.decision(citer));
        statements.push(self.catalogue(sources));
        statements.extend(self.unknowns());
        statements
    }

    fn headline(&self, citer: &Citer<'_>, sources: &Sources<'_>) -> Statement {
        let example = &self.example;
        let process = example.process.process.as_ref();
        let program = cell(&example.process);
        Statement {
            grade: example.process.grade,
            kind: StatementKind::Talks {
                program: program.name,
                pid: process.and_then(|process| process.pid),
                user: process.and_then(|process| process.user.clone()),
                parent: process
                    .and_then(|process| process.parent_image.as_deref())
                    .map(|image| file_name(image).into()),
                service: process.map(|process| process.service.clone()).unwrap_or_default(),
                host: sources.host_label(example.host, Some(example.local.address)),
                remote: example.remote,
                protocol: example.protocol,
                direction: example.direction,
                conversations: self.conversations,
            },
            citations: citer.cite(&self.proof),
            remedy: None,
        }
    }

    fn life(&self, citer: &Citer<'_>) -> Option<Statement> {
        let process: &ProcessIdentity = self.example.process.process.as_ref()?;
        let says_something = process.image.is_some() || process.command_line.is_some() || process.started.is_some();
        says_something.then(|| Statement {
            grade: if process.proof.is_empty() {
                self.example.process.grade
            } else {
                Grade::Observed
            },
            kind: StatementKind::ProcessLife {
                image: process.image.clone(),
                command_line: process.command_line.clone(),
                started: process.started,
                ended: process.ended,
            },
            citations: citer.cite(&Proof::of(process.proof.iter().copied())),
            remedy: None,
        })
    }

    fn relay(&self, citer: &Citer<'_>) -> Option<Statement> {
        let attribution = self.example.relayed_for.as_ref()?;
        let programs: Vec<Text> = relayed_for(&self.example).into_iter().map(|one| one.program).collect();
        (!programs.is_empty()).then(|| Statement {
            grade: attribution.grade,
            kind: match attribution.rule {
                Some(ProcessRule::Delegation) => StatementKind::ActsFor { programs },
                _ => StatementKind::RelaysFor { programs },
            },
            citations: citer.cite(&Proof::of(attribution.proof.iter().copied())),
            remedy: None,
        })
    }

    fn volume(&self) -> Statement {
        let (first, last) = (self.first, self.last);
        plain(
            Grade::Observed,
            StatementKind::Volume {
                sent_bytes: self.sent,
                received_bytes: self.received,
                first,
                last,
            },
        )
    }

    fn names(&self, citer: &Citer<'_>) -> Vec<Statement> {
        let best = self.example.name.best.iter().map(|best| Statement {
            grade: best.grade,
            kind: StatementKind::NameIs(best.clone()),
            citations: citer.cite(&Proof::of(best.proof.iter().copied())),
            remedy: None,
        });
        let others: Vec<NameCandidate> = self.example.name.others.clone();
        let proof = Proof::of(others.iter().flat_map(|one| one.proof.iter().copied()));
        let grade = others.iter().map(|one| one.grade).max().unwrap_or_default();
        let others = (!others.is_empty()).then(|| Statement {
            grade,
            kind: StatementKind::OtherNames(others),
            citations: citer.cite(&proof),
            remedy: None,
        });
        best.chain(others).collect()
    }

    fn conflicts(&self, citer: &Citer<'_>) -> Vec<Statement> {
        let statement = |conflict: &whotalks_correlate::Conflict| Statement {
            grade: Grade::Inferred,
            kind: match is_handed_on(&self.example.process, conflict) {
                true => StatementKind::AlsoNamed {
                    program: label(&conflict.process),
                },
                false => StatementKind::Conflict {
                    program: label(&conflict.process),
                    pid: conflict.process.pid,
                },
            },
            citations: citer.cite(&Proof::of(conflict.proof.iter().copied())),
            remedy: None,
        };
        self.example.process.conflicts.iter().map(statement).collect()
    }

    /// One sentence per decision that occurred; the filter is the example's.
    fn decision(&self, citer: &Citer<'_>) -> Vec<Statement> {
        let said = self
            .decisions
            .iter()
            .filter(|(verdict, _)| **verdict != Verdict::Unknown);
        let statement = |(verdict, events): (&Verdict, &u64)| {
            let filter = self
                .example
                .decision
                .filter
                .clone()
                .filter(|_| *verdict == self.example.decision.verdict);
            let mut proof = self.decision_proof.clone();
            proof.add(filter.iter().flat_map(|filter| filter.proof.iter().copied()));
            Statement {
                grade: self.example.decision.grade,
                kind: StatementKind::Decision {
                    verdict: *verdict,
                    filter,
                    events: *events,
                },
                citations: citer.cite(&proof),
                remedy: None,
            }
        };
        said.map(statement).collect()
    }

    fn catalogue(&self, sources: &Sources<'_>) -> Statement {
        let program = cell(&self.example.process);
        let name = self
            .example
            .name
            .best
            .as_ref()
            .filter(|name| name.grade >= Grade::Derived);
        match name.and_then(|name| Some((name.grade, look_up(sources.catalogue, &name.name, &program)?))) {
            Some((grade, found)) => plain(grade, StatementKind::Known(Box::new(found.known))),
            None => plain(
                Grade::Observed,
                StatementKind::NotInCatalogue {
                    version: sources.catalogue.version().into(),
                },
            ),
        }
    }

    fn unknowns(&self) -> Vec<Statement> {
        let statement = |(aspect, reason)| Statement {
            grade: Grade::Unknown,
            remedy: remedy(&reason),
            kind: StatementKind::Unknown { aspect, reason },
            citations: Vec::new(),
        };
        unknowns(&self.example).into_iter().map(statement).collect()
    }
}

/// Findings that concern the group's far end or its process.
fn findings(group: &Group, findings: &[Finding], sources: &Sources<'_>) -> Vec<Statement> {
    let host: Option<Text> = sources.host_label(group.example.host, Some(group.example.local.address));
    let pid = group.example.process.process.as_ref().and_then(|process| process.pid);
    let concerns = |finding: &&Finding| {
        let same_host = finding.host == host;
        let same_pid = pid.is_some() && finding.pid == pid;
        let concerns = match &finding.kind {
            // A finding lists only a handful of far ends.
            FindingKind::PolicyViolation(violation) => group.violated.contains(&violation.rule) && finding.pid == pid,
            _ => finding.remotes.contains(&group.example.remote) || same_pid,
        };
        same_host && concerns
    };
    findings.iter().filter(concerns).map(said).collect()
}

fn said(finding: &Finding) -> Statement {
    Statement {
        grade: finding.grade,
        kind: StatementKind::Finding(Box::new(finding.clone())),
        citations: finding.citations.clone(),
        remedy: None,
    }
}

fn plain(grade: Grade, kind: StatementKind) -> Statement {
    Statement {
        grade,
        kind,
        citations: Vec::new(),
        remedy: None,
    }
}
