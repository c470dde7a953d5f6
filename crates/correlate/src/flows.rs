//! Conversations that were seen in packets.

use std::net::IpAddr;

use whotalks_record::{
    ApplicationProtocol, CloseReason, ConnectionEventKind, Direction, Endpoint, EvidenceId, Flow, FlowId, Grade,
    Initiator, IpProtocol, NameObservation, RecognisedBy, SourceKind, Span, TcpFlags, Text, Timestamp, is_public,
};

use crate::capture_gaps::{hidden_in_packets, is_one_sided, is_two_way};
use crate::clocks::Clock;
use crate::correlator::{Correlator, Used};
use crate::decision;
use crate::name::{climb, in_flow, is_resolver_port};
use crate::reasons::Start;
use crate::requests::Beginning;
use crate::rules::{Called, Claim, IndexedEvent, LONGEST_TRAIL, OutsideLeg, Subject, decide};
use crate::{
    Attribution, Conversation, DecisionAnswer, EncryptedBy, Host, HostId, NameAnswer, NameCandidate, NameEvidence,
    ProcessRule, UnknownReason, reasons,
};

/// One host's view of a flow.
#[derive(Clone, Copy)]
struct View {
    host: Option<HostId>,
    client_is_local: bool,
}

impl Correlator<'_> {
    /// The conversation or, where both ends are hosts of the case, the two views of it.
    pub(crate) fn of_flow(&self, flow: &Flow, names: &[NameObservation], used: &mut Used) -> Vec<Conversation> {
        self.views(flow)
            .into_iter()
            .map(|view| self.of_view(flow, names, view, used))
            .collect()
    }

    /// The hosts that see a flow. In a capture of one host's own traffic that host does; the host at the other end only where
    /// it took no capture itself, which would show the flow again.
    fn views(&self, flow: &Flow) -> Vec<View> {
        let own = self.hosts.of_capture(flow.span.evidence);
        let sees = |host: &HostId| own.is_none_or(|own| own == *host || !self.hosts.has_capture(*host));
        let view = |address: IpAddr, client_is_local| {
            self.hosts.at(address).filter(sees).map(|host| View {
                host: Some(host),
                client_is_local,
            })
        };
        let (client, server) = (flow.key.client.address, flow.key.server.address);
        let views: Vec<View> = view(client, true).into_iter().chain(view(server, false)).collect();
        if views.is_empty() {
            let client_is_local = is_public(server) || !is_public(client);
            return vec![View {
                host: None,
                client_is_local,
            }];
        }
        views
    }

    fn of_view(&self, flow: &Flow, names: &[NameObservation], view: View, used: &mut Used) -> Conversation {
        let mut conversation = skeleton(flow, view);
        let subject = view.host.and_then(|host| subject(&conversation, host, flow));
        let mut began = conversation.first;
        let mut started = None;
        if let Some(subject) = subject {
            let events = self.events_of_flow(&subject);
            used.spans.extend(events.iter().map(|one| one.event.span));
            used.spans.extend(self.rows_of(&subject));
            let timed = || {
                events
                    .iter()
                    .filter(|one| self.has_time(one, &subject))
                    .map(|one| one.time)
            };
            began = began.min(timed().min()).or(began);
            adopt_direction(&mut conversation, &events);
            conversation
                .proof
                .extend(events.iter().take(MOST_PROOF_SPANS).map(|one| one.event.span));
            let subject = Subject {
                direction: conversation.direction,
                ..subject
            };
            conversation.process = self.process_of(&subject, conversation.flow);
            started = timed().min().or(subject.first_if_seen());
            conversation.relayed_for = self
                .owners
                .acts_for(conversation.flow, &subject, &self.processes)
                .or_else(|| self.relayed_for(&conversation, started));
            let start = Start::of(&conversation, subject.start_seen);
            conversation.decision = decision::decide(
                &subject,
                start,
                &events,
                is_two_way(flow),
                &self.filters,
                &self.coverage,
            );
        } else {
            conversation.decision = self.decision_without_host(flow, &conversation);
        }
        let start = Start::of(&conversation, is_start_seen(flow));
        self.explain_without_owner(&mut conversation.process, flow);
        reasons::explain(&mut conversation.process, &self.coverage, start);
        let hidden = hidden_in_packets(flow, &conversation);
        let began = Beginning {
            time: began,
            is_seen: started.is_some(),
            is_only: subject.is_none_or(|subject| self.lives.is_only(&subject)),
        };
        conversation.name = self.name_of(&conversation, names, began, hidden);
        conversation
    }

    /// Whether the time of an event can be held against other times.
    fn has_time(&self, one: &IndexedEvent<'_>, subject: &Subject) -> bool {
        self.clocks
            .knows_time(Clock::of_connection(one.event), Some(subject.host))
    }

    /// Events of the flow's time, and drops of late segments and the end of its socket after its last packet.
    fn events_of_flow(&self, subject: &Subject) -> Vec<IndexedEvent<'_>> {
        let late = subject.last + LONGEST_TRAIL;
        let is_late = |one: &&IndexedEvent<'_>| {
            let is_drop = one.is_packet_drop() && subject.first <= one.time && one.time <= late;
            is_drop || (one.trails(subject) && self.lives.is_nearest(subject, one.time))
        };
        let drops = self.events.of(&subject.tuple()).iter().filter(is_late).copied();
        let mut events = self.events.during(subject);
        let is_only = self.lives.is_only(subject);
        let is_own = |one: &IndexedEvent<'_>| {
            let zoneless = one.event.kind.is_firewall_text() && one.tolerance.is_none();
            (zoneless && is_only) || (!zoneless && self.lives.is_nearest(subject, one.time))
        };
        events.retain(|one| one.is_in_window(subject) || is_own(one));
        let more: Vec<_> = drops
            .filter(|drop| !events.iter().any(|one| one.event.span == drop.event.span))
            .collect();
        events.extend(more);
        events
    }

    /// Rows of listings that show this very flow.
    pub(crate) fn rows_of(&self, subject: &Subject) -> Vec<Span> {
        let rows = self.sockets.during(subject).into_iter();
        let own = rows.filter(|row| row.time.is_none_or(|time| self.lives.is_nearest(subject, time)));
        own.map(|row| row.socket.span).collect()
    }

    /// Where a capture names the processes of packets, that it names none for a flow is why none is known: the kernel sent them,
    /// or forwarded them.
    fn explain_without_owner(&self, process: &mut Attribution, flow: &Flow) {
        if process.process.is_none() && process.unknown.is_none() && self.owners.has(flow.span.evidence) {
            process.unknown = Some(UnknownReason::NotInSource(SourceKind::PacketProcesses));
        }
    }

    /// All rules asked, their claims weighed. `flow` is where the packets of the conversation are, if there are any.
    pub(crate) fn process_of(&self, subject: &Subject, flow: Option<(EvidenceId, FlowId)>) -> Attribution {
        let mut claims: Vec<Claim> = self.events.claims(subject, self.lives.is_only(subject));
        claims.extend(self.sockets.claims(subject));
        claims.retain(|claim| claim.grade > Grade::Derived || self.lives.is_nearest(subject, claim.time));
        claims.extend(self.owners.claims(flow, subject));
        claims.extend(self.binds.claims(subject));
        claims.extend(self.requests.caller(subject, &self.far_ends));
        claims.extend(self.listeners.claims(subject));
        let called = self.calls.called(subject, &self.far_ends);
        if let Called::By(claim) = &called {
            claims.push(Claim::clone(claim));
        }
        let refused = claims.is_empty() && self.binds.is_refused(subject);
        let doubt = self.doubt_across_gaps(&mut claims, subject);
        let mut attribution = decide(claims, subject.host, (subject.first, subject.last), &self.processes);
        if attribution.grade == Grade::Inferred && attribution.conflicts.is_empty() {
            attribution.unknown = doubt;
        }
        if refused {
            attribution.unknown = Some(UnknownReason::ClocksNotAligned);
        }
        if let (Called::ByOneOf(pids), None, None) = (called, &attribution.process, &attribution.unknown) {
            let candidates = pids.iter().map(|pid| Text::from(pid.0.to_string()));
            attribution.unknown = Some(UnknownReason::Ambiguous(candidates.collect()));
        }
        attribution
    }

    /// The program that a relay on the host made the conversation for; `started` is when it began, where that was seen.
    pub(crate) fn relayed_for(&self, conversation: &Conversation, started: Option<Timestamp>) -> Option<Attribution> {
        let outside = conversation.direction != Some(Direction::Inbound)
            && conversation.protocol == IpProtocol::TCP
            && conversation.process.grade >= Grade::Derived
            && !conversation.remote.address.is_loopback();
        let process = conversation.process.process.as_ref().filter(|_| outside)?;
        let outside = OutsideLeg {
            host: conversation.host?,
            pid: process.pid?,
            began: started?,
            sent_bytes: conversation.sent.map(|sent| sent.payload_bytes),
        };
        self.relays
            .made_for(&outside, &self.processes)
            .map(|client| self.doubt_in_lossy_trace(client))
    }

    /// Where a trace lost events, another caller of the relay may be among them.
    fn doubt_in_lossy_trace(&self, mut client: Attribution) -> Attribution {
        let lost = client
            .proof
            .first()
            .and_then(|span| self.coverage.lost_by_trace(span.evidence));
        let lost = lost.filter(|count| *count > 0 && client.unknown.is_none());
        if let Some(count) = lost {
            let source = SourceKind::TraceSockets;
            client.grade = client.grade.min(Grade::Inferred);
            client.unknown = Some(UnknownReason::EventsLost { source, count });
        }
        client
    }

    fn decision_without_host(&self, flow: &Flow, conversation: &Conversation) -> DecisionAnswer {
        let reason = reasons::no_decision(&self.coverage, Start::of(conversation, is_start_seen(flow)));
        DecisionAnswer::without_log(is_two_way(flow), reason)
    }

    /// An event from before the conversation's first packet is no proof where the log has lost records since: the port may have
    /// been given to another process in the gap.
    fn doubt_across_gaps(&self, claims: &mut [Claim], subject: &Subject) -> Option<UnknownReason> {
        let mut most: Option<(u64, SourceKind)> = None;
        let reaches_back = |claim: &&mut Claim| {
            let by_event = matches!(claim.rule, ProcessRule::ExactEvent | ProcessRule::Bind);
            let reaches_back = by_event && claim.stated < subject.first;
            // That a call is the only one can be said only where none was lost.
            let is_only_one = claim.rule == ProcessRule::Call;
            (reaches_back || is_only_one) && claim.grade == Grade::Derived
        };
        for claim in claims.iter_mut().filter(reaches_back) {
            let traced = claim
                .proof
                .first()
                .and_then(|span| self.coverage.lost_by_trace(span.evidence));
            let missing = match traced {
                Some(lost) => (lost, SourceKind::TraceSockets),
                None => {
                    let count = self.coverage.missing_between(subject.host, claim.stated, subject.first);
                    (count, SourceKind::ConnectionAudit)
                }
            };
            if missing.0 > 0 {
                claim.grade = Grade::Inferred;
                most = most.max(Some(missing));
            }
        }
        most.map(|(count, source)| UnknownReason::EventsLost { source, count })
    }

    /// The name of the far end. An inbound caller has no name to be asked for; only listings of names can tell it. `hidden` is
    /// why the packets themselves do not show it.
    pub(crate) fn name_of(
        &self,
        conversation: &Conversation,
        names: &[NameObservation],
        beginning: Beginning,
        hidden: Option<UnknownReason>,
    ) -> NameAnswer {
        let began = beginning.time;
        let mut candidates = match conversation.direction {
            Some(Direction::Inbound) => Vec::new(),
            _ => in_flow(names),
        };
        if conversation.direction != Some(Direction::Inbound) {
            let requested = self
                .requests
                .candidates(conversation, beginning, &self.far_ends, &self.proxies);
            candidates.extend(requested);
        }
        if let Some(first) = began {
            candidates.extend(self.asked_by_process(conversation, first));
            candidates.extend(self.answered_then(conversation, first));
        }
        candidates.extend(self.named_by_stack(conversation, began));
        candidates.extend(self.resolved_by_host(conversation));
        candidates.extend(self.capture_names.candidates(conversation));
        candidates.extend(self.cached_by_host(conversation, began));
        let mut answer = climb(candidates);
        if self.proxies.contains(&conversation.remote) || is_proxy_protocol(conversation) {
            leave_to_proxy(&mut answer, conversation.remote);
        }
        if answer.best.is_none() && answer.unknown.is_none() {
            let hidden = hidden.or_else(|| self.asked_in_secret(conversation));
            answer.unknown = Some(reasons::no_name(&self.coverage, conversation, hidden));
        }
        answer
    }

    /// Whether the host's questions for names travel encrypted.
    fn asked_in_secret(&self, conversation: &Conversation) -> Option<UnknownReason> {
        let asks = conversation.flow.is_some()
            && conversation.direction != Some(Direction::Inbound)
            && is_public(conversation.remote.address)
            && !is_resolver_port(conversation.remote.port);
        let host = conversation.host.and_then(|host| self.host(host));
        let others = host.map(|host| host.addresses.as_slice()).unwrap_or_default();
        let addresses = std::iter::once(conversation.local.address).chain(others.iter().copied());
        (asks && self.encrypted_dns.hides(addresses)).then_some(UnknownReason::EncryptedName(EncryptedBy::EncryptedDns))
    }

    /// Names that the host's own cache has for the far end. Who called the host was not asked for by it.
    fn cached_by_host(&self, conversation: &Conversation, began: Option<Timestamp>) -> Vec<NameCandidate> {
        let called = conversation.direction != Some(Direction::Inbound);
        let host = conversation.host.filter(|_| called);
        host.map(|host| self.cache.candidates(host, conversation.remote.address, began))
            .unwrap_or_default()
    }

    /// Names that the process asked for, or else the program that it relays for: either may look up where a relay goes to.
    fn asked_by_process(&self, conversation: &Conversation, first: Timestamp) -> Vec<NameCandidate> {
        let pid_of = |attribution: &Attribution| attribution.process.as_ref().and_then(|process| process.pid);
        let relayed = conversation.relayed_for.as_ref().and_then(pid_of);
        let Some(host) = conversation.host else {
            return Vec::new();
        };
        let asked = pid_of(&conversation.process).into_iter().chain(relayed).map(|pid| {
            let asked = (host, pid, conversation.remote.address);
            self.resolver.candidates(asked, first, conversation.flow.is_some())
        });
        asked.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
    }

    /// Answers that were valid when the conversation began, else when its first packet was seen: the event of its beginning may
    /// be a hair older than the answer that led to it.
    fn answered_then(&self, conversation: &Conversation, began: Timestamp) -> Vec<NameCandidate> {
        let valid = |found: &Vec<NameCandidate>| found.iter().any(|one| one.evidence != NameEvidence::ExpiredDnsAnswer);
        let at_begin = self.answered_to_host(conversation, began);
        let first = conversation.first.filter(|first| *first > began && !valid(&at_begin));
        let at_first = first
            .map(|first| self.answered_to_host(conversation, first))
            .unwrap_or_default();
        if at_first.is_empty() { at_begin } else { at_first }
    }

    /// Answers to the conversation's own address, or to another address of the same host.
    fn answered_to_host(&self, conversation: &Conversation, first: Timestamp) -> Vec<NameCandidate> {
        if self.dns.is_empty() {
            return Vec::new();
        }
        let remote = conversation.remote.address;
        let own = self.dns.candidates(conversation.local.address, remote, first);
        if !own.is_empty() {
            return own;
        }
        let addresses = conversation
            .host
            .and_then(|host| self.host(host))
            .map(|host| host.addresses.as_slice())
            .unwrap_or_default();
        let others = addresses
            .iter()
            .filter(|address| **address != conversation.local.address);
        others
            .map(|address| self.dns.candidates(*address, remote, first))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// Names under which the host's network stack says that it opened this very connection.
    fn named_by_stack(&self, conversation: &Conversation, began: Option<Timestamp>) -> Vec<NameCandidate> {
        let (Some(host), Some(began)) = (conversation.host, began) else {
            return Vec::new();
        };
        let (protocol, local, remote) = (conversation.protocol, conversation.local, conversation.remote);
        let events = self.events.of(&(host, protocol, local, remote)).iter();
        let named =
            events.filter(|one| one.event.kind == ConnectionEventKind::TraceNamed && one.is_at_beginning(began));
        let candidate = |one: &IndexedEvent<'_>| {
            Some(NameCandidate {
                name: Text::clone(one.event.remote_name.as_ref()?),
                port: None,
                evidence: NameEvidence::StackName,
                grade: match one.tolerance {
                    Some(_) => Grade::Observed,
                    None => Grade::Derived,
                },
                time: Some(one.time),
                proof: vec![one.event.span],
            })
        };
        named.filter_map(candidate).collect()
    }

    /// What the logging host resolved afterwards: a reverse look-up, so only inferred.
    fn resolved_by_host(&self, conversation: &Conversation) -> Vec<NameCandidate> {
        let Some(host) = conversation.host else {
            return Vec::new();
        };
        let events = self
            .events
            .of(&(host, conversation.protocol, conversation.local, conversation.remote));
        let named = events
            .iter()
            .filter(|one| one.event.kind == ConnectionEventKind::SysmonConnection);
        let candidate = |one: &IndexedEvent<'_>| {
            let name = one
                .event
                .remote_name
                .as_ref()
                .filter(|name| !name.is_empty() && ***name != *"-")?;
            Some(NameCandidate {
                name: Text::clone(name),
                port: None,
                evidence: NameEvidence::HostResolution,
                grade: Grade::Inferred,
                time: Some(one.time),
                proof: vec![one.event.span],
            })
        };
        named.filter_map(candidate).take(1).collect()
    }

    pub(crate) fn host(&self, id: HostId) -> Option<&Host> {
        self.hosts.all().get(id.0 as usize)
    }
}

/// Whether the protocol, as far as the content proves it, only ever leads on to another target.
fn is_proxy_protocol(conversation: &Conversation) -> bool {
    matches!(
        RecognisedBy::proved(conversation.recognised_by, conversation.application),
        ApplicationProtocol::HttpConnect | ApplicationProtocol::Socks4 | ApplicationProtocol::Socks5
    )
}

/// A far end that is known to pass requests on is named by the request alone; its own name is only its own.
fn leave_to_proxy(answer: &mut NameAnswer, proxy: Endpoint) {
    let is_own = |best: &NameCandidate| !best.evidence.is_proxy_target() && !best.evidence.is_server_name();
    if let Some(own) = answer.best.take_if(|best| is_own(best)) {
        answer.others.insert(0, own);
    }
    if answer.best.is_some() {
        return;
    }
    let is_target = |one: &NameCandidate| one.evidence.is_proxy_target();
    let mut targets: Vec<Text> = answer
        .others
        .iter()
        .filter(|one| is_target(one))
        .map(|one| Text::clone(&one.name))
        .collect();
    targets.sort();
    targets.dedup();
    if let [_] = targets.as_slice() {
        let place = answer.others.iter().position(is_target);
        answer.best = place.map(|place| answer.others.remove(place));
        answer.unknown = None;
    } else if targets.is_empty() {
        answer.unknown = Some(UnknownReason::BehindProxy(proxy));
    } else {
        answer.unknown = Some(UnknownReason::Ambiguous(targets));
    }
}

/// The most events a conversation cites as proof that it happened.
pub(crate) const MOST_PROOF_SPANS: usize = 4;

/// What the packets say, before anything is joined.
fn skeleton(flow: &Flow, view: View) -> Conversation {
    let (local, remote) = ends(flow, view);
    let (sent, received) = if view.client_is_local {
        (flow.sent, flow.received)
    } else {
        (flow.received, flow.sent)
    };
    Conversation {
        host: view.host,
        protocol: flow.key.protocol,
        local,
        remote,
        direction: direction(flow, view),
        flow: Some((flow.span.evidence, flow.id)),
        first: flow.first,
        last: flow.last,
        sent: Some(sent),
        received: Some(received),
        initial_rtt: flow.tcp.and_then(|tcp| tcp.initial_rtt()),
        answered: Some(is_answered(flow)),
        close: flow.tcp.map(|tcp| tcp.close),
        application: flow.application,
        recognised_by: flow.recognised_by,
        proof: vec![flow.span],
        process: Attribution::default(),
        relayed_for: None,
        name: NameAnswer::default(),
        decision: DecisionAnswer::default(),
    }
}

fn ends(flow: &Flow, view: View) -> (Endpoint, Endpoint) {
    if view.client_is_local {
        (flow.key.client, flow.key.server)
    } else {
        (flow.key.server, flow.key.client)
    }
}

/// Whether the called end took the call: a reset as its first answer is a refusal, and so no answer.
fn is_answered(flow: &Flow) -> bool {
    let refused = flow
        .tcp
        .is_some_and(|tcp| !tcp.server_flags.has(TcpFlags::SYN) && tcp.server_flags.has(TcpFlags::RST));
    let heard = flow.received.packets > 0 || is_one_sided(flow);
    heard && !(refused && flow.received.payload_bytes == 0)
}

/// Who opened it; a TCP flow whose handshake was not captured does not say.
fn direction(flow: &Flow, view: View) -> Option<Direction> {
    if flow.initiator == Initiator::FirstPacket && flow.key.protocol == IpProtocol::TCP {
        return None;
    }
    Some(if view.client_is_local {
        Direction::Outbound
    } else {
        Direction::Inbound
    })
}

fn subject(conversation: &Conversation, host: HostId, flow: &Flow) -> Option<Subject> {
    Some(Subject {
        host,
        protocol: conversation.protocol,
        local: conversation.local,
        remote: conversation.remote,
        direction: conversation.direction,
        first: flow.first?,
        last: flow.last?,
        start_seen: is_start_seen(flow),
        end_seen: is_end_seen(flow),
    })
}

/// Whether the first packet began the flow; what UDP and others began with cannot be told.
fn is_start_seen(flow: &Flow) -> bool {
    matches!(flow.initiator, Initiator::Syn | Initiator::SynAck)
}

/// Whether the packets show the end of the flow; without it, its socket may have lived on.
fn is_end_seen(flow: &Flow) -> bool {
    let ends = [
        CloseReason::Finished,
        CloseReason::ClientReset,
        CloseReason::ServerReset,
        CloseReason::Reused,
    ];
    flow.tcp.is_some_and(|tcp| ends.contains(&tcp.close))
}

/// The host's own log knows who opened a connection better than the first captured packet.
fn adopt_direction(conversation: &mut Conversation, events: &[IndexedEvent<'_>]) {
    let stated = events
        .iter()
        .filter(|one| !one.is_packet_drop())
        .find_map(|one| one.event.direction);
    conversation.direction = stated.or(conversation.direction);
}
