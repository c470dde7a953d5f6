//! Conversations without packets: what only events or only listings know. Their bytes are unknown, not zero.

use whotalks_record::{
    ApplicationProtocol, ConnectionDecision, ConnectionEvent, ConnectionEventKind, Grade, IpProtocol, Nanoseconds,
    SocketState, Span, Timestamp,
};

use crate::clocks::Clock;
use crate::correlator::{Correlator, Used};
use crate::decision;
use crate::flows::MOST_PROOF_SPANS;
use crate::process::ProcessTable;
use crate::reasons::Start;
use crate::requests::Beginning;
use crate::rules::{IndexedEvent, ListedSocket, Subject, TupleKey, decide};
use crate::{Attribution, Conversation, DecisionAnswer, HostId, LocalBlock, NameAnswer, UnknownReason, reasons};

/// Events of one 5-tuple further apart than this are separate conversations: TCP gives up retrying a SYN after 21 s (Windows)
/// to 127 s (Linux).
const LONGEST_PAUSE: Nanoseconds = Nanoseconds::from_seconds(130);

/// Two permits within this time are one, logged for two profiles or views.
const SAME_PERMIT: Nanoseconds = Nanoseconds::from_seconds(5);
/// The event of a connection and the packet with the answer to its question carry times of two clocks.
const EVENT_DELAY: Nanoseconds = Nanoseconds::from_seconds(1);
/// A connection without packets is taken to last at most this long: the port may be reused unseen.
const LONGEST_UNWATCHED_LIFE: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);

impl Correlator<'_> {
    pub(crate) fn of_events(&self, used: &mut Used, sink: &mut dyn FnMut(Conversation)) {
        for (tuple, events) in self.events.tuples() {
            let unused = events.iter().filter(|one| !used.spans.contains(&one.event.span));
            let unused: Vec<IndexedEvent<'_>> = unused.copied().collect();
            let groups = conversations(&unused);
            for group in groups {
                let end = group.last().map(|one| one.time);
                let next = events
                    .iter()
                    .map(|one| one.time)
                    .find(|time| end.is_some_and(|end| *time > end));
                if let Some(conversation) = self.of_event_group(*tuple, group, next, used) {
                    sink(conversation);
                }
            }
        }
    }

    /// A conversation of one group of events. Events tell its beginning and not its end, so that rows of listings belong to it
    /// until `next`, the beginning of the next conversation of the same 5-tuple.
    fn of_event_group(
        &self,
        tuple: TupleKey,
        group: &[IndexedEvent<'_>],
        next: Option<Timestamp>,
        used: &mut Used,
    ) -> Option<Conversation> {
        let (first, last) = (group.first()?.time, group.last()?.time);
        let knows_time =
            |one: &IndexedEvent<'_>| self.clocks.knows_time(Clock::of_connection(one.event), Some(tuple.0));
        if !group.iter().any(knows_time) {
            return Some(self.undated(tuple, group, (first, last)));
        }
        let mut conversation = skeleton(tuple, first, last);
        conversation.direction = group.iter().find_map(|one| one.event.direction);
        conversation.answered = answered_by_stack(group);
        conversation.proof = group.iter().take(MOST_PROOF_SPANS).map(|one| one.event.span).collect();
        let decided = group
            .iter()
            .any(|one| !one.is_packet_drop() && !one.event.kind.may_trail());
        let own = Subject {
            start_seen: decided,
            ..subject(&conversation, tuple.0)
        };
        let open = Subject {
            last: next.map_or(last + LONGEST_UNWATCHED_LIFE, |next| next - Nanoseconds(1)),
            ..own
        };
        used.spans.extend(self.rows_of(&open));
        conversation.process = self.process_of(&open, None);
        conversation.relayed_for = self.relayed_for(&conversation, decided.then_some(first));
        let start = Start::of(&conversation, decided);
        conversation.decision = decision::decide(&own, start, group, false, &self.filters, &self.coverage);
        Some(self.finish(conversation, decided))
    }

    /// A conversation that only a log without a zone tells of: nothing is joined by its times, and it has none.
    fn undated(&self, tuple: TupleKey, group: &[IndexedEvent<'_>], life: (Timestamp, Timestamp)) -> Conversation {
        let mut conversation = skeleton(tuple, life.0, life.1);
        conversation.direction = group.iter().find_map(|one| one.event.direction);
        conversation.proof = group.iter().take(MOST_PROOF_SPANS).map(|one| one.event.span).collect();
        let own = subject(&conversation, tuple.0);
        let claims = group.iter().filter_map(|one| one.claim(Grade::Derived)).collect();
        conversation.process = decide(claims, tuple.0, life, &ProcessTable::default());
        let process = conversation.process.process.as_ref();
        if process.is_none_or(|process| process.image.is_none()) {
            conversation.process.unknown = Some(UnknownReason::ClocksNotAligned);
        }
        (conversation.first, conversation.last) = (None, None);
        let start = Start::of(&conversation, false);
        conversation.decision = decision::decide(&own, start, group, false, &self.filters, &self.coverage);
        if let Some(UnknownReason::NotInSource(_)) = conversation.decision.unknown {
            conversation.decision.unknown = Some(UnknownReason::ClocksNotAligned);
        }
        self.finish(conversation, false)
    }

    pub(crate) fn of_listings(&self, used: &Used, sink: &mut dyn FnMut(Conversation)) {
        for (tuple, rows) in self.sockets.tuples() {
            let unused: Vec<ListedSocket<'_>> = rows
                .iter()
                .filter(|row| !used.spans.contains(&row.socket.span))
                .copied()
                .collect();
            if let Some(conversation) = self.of_listed(*tuple, &unused) {
                sink(conversation);
            }
        }
    }

    fn of_listed(&self, tuple: TupleKey, rows: &[ListedSocket<'_>]) -> Option<Conversation> {
        let times = || rows.iter().filter_map(|row| row.time);
        let spans: Vec<Span> = rows.iter().map(|row| row.socket.span).take(MOST_PROOF_SPANS).collect();
        spans.first()?;
        let first = times().min().unwrap_or(Timestamp::MIN);
        let mut conversation = skeleton(tuple, first, times().max().unwrap_or(first));
        conversation.process = self.process_of(&subject(&conversation, tuple.0), None);
        conversation.proof = spans;
        conversation.answered = answered(rows);
        if times().next().is_none() {
            (conversation.first, conversation.last) = (None, None);
        }
        let reason = reasons::no_decision(&self.coverage, Start::of(&conversation, false));
        conversation.decision = DecisionAnswer::without_log(conversation.answered == Some(true), reason);
        Some(self.finish(conversation, false))
    }

    fn finish(&self, mut conversation: Conversation, start_seen: bool) -> Conversation {
        let start = Start::of(&conversation, start_seen);
        reasons::explain(&mut conversation.process, &self.coverage, start);
        let by_trace = conversation
            .proof
            .first()
            .is_some_and(|span| self.coverage.lost_by_trace(span.evidence).is_some());
        let delay = if by_trace { Nanoseconds::ZERO } else { EVENT_DELAY };
        let began = conversation.first.map(|first| first + delay);
        let began = Beginning {
            time: began,
            is_seen: start_seen,
            is_only: false,
        };
        conversation.name = self.name_of(&conversation, &[], began, None);
        conversation
    }

    pub(crate) fn blocks_without_far_end(&self) -> Vec<LocalBlock> {
        let blocked =
            |event: &&ConnectionEvent| event.kind.decision() == ConnectionDecision::Blocked && event.remote.is_none();
        self.observed
            .connections
            .iter()
            .filter(blocked)
            .filter_map(|event| self.local_block(event))
            .collect()
    }

    fn local_block(&self, event: &ConnectionEvent) -> Option<LocalBlock> {
        let told = self.told_by(event)?;
        Some(LocalBlock {
            host: told.host,
            kind: event.kind,
            time: told.time?,
            protocol: event.protocol,
            local: event.local,
            process: told.process,
            filter: told.filter,
            proof: vec![event.span],
        })
    }
}

/// Cuts the events of one 5-tuple into conversations: at a long pause, and at a second permit, since a connection is permitted
/// once while a refused one is tried again.
fn conversations<'e, 'a>(events: &'e [IndexedEvent<'a>]) -> Vec<&'e [IndexedEvent<'a>]> {
    let mut groups = Vec::new();
    let mut rest = events;
    while !rest.is_empty() {
        let (group, after) = rest.split_at(first_conversation(rest));
        groups.push(group);
        rest = after;
    }
    groups
}

/// How many events the first conversation has; at least one.
fn first_conversation(events: &[IndexedEvent<'_>]) -> usize {
    // Each source tells of a beginning at its own moment, so that only one of the same source is another beginning.
    let mut begun: Vec<(ConnectionEventKind, Timestamp)> = Vec::new();
    let mut previous: Option<Timestamp> = None;
    for (index, one) in events.iter().enumerate() {
        let kind = one.event.kind;
        // Data, and the end, of a connection are its own however long it rested.
        let rested = kind.may_trail() && one.event.protocol == Some(IpProtocol::TCP);
        let paused = !rested && previous.is_some_and(|previous| one.time - previous > LONGEST_PAUSE);
        let known = begun.iter().find(|(known, _)| *known == kind);
        if paused || known.is_some_and(|(_, first)| one.time - *first > SAME_PERMIT) {
            return index;
        }
        previous = Some(one.time);
        if begins_once(kind) && known.is_none() {
            begun.push((kind, one.time));
        }
    }
    events.len()
}

/// Whether a conversation has one event of that kind, and no more.
const fn begins_once(kind: ConnectionEventKind) -> bool {
    matches!(
        kind,
        ConnectionEventKind::ConnectionPermitted
            | ConnectionEventKind::FirewallAllowed
            | ConnectionEventKind::NetworkEventAllowed
            | ConnectionEventKind::TraceConnected
            | ConnectionEventKind::TraceAccepted
    )
}

/// What the network stack says of the call: that it was taken, or that it failed.
fn answered_by_stack(events: &[IndexedEvent<'_>]) -> Option<bool> {
    let stands = |one: &IndexedEvent<'_>| match one.event.kind {
        ConnectionEventKind::TraceConnected | ConnectionEventKind::TraceAccepted => true,
        ConnectionEventKind::TraceUsed => one.event.protocol == Some(IpProtocol::TCP),
        _ => false,
    };
    let failed = |one: &IndexedEvent<'_>| one.event.kind == ConnectionEventKind::TraceFailed;
    if events.iter().any(stands) {
        return Some(true);
    }
    events.iter().any(failed).then_some(false)
}

/// What the TCP states of listed rows say: only SYN_SENT means that nobody had answered yet; UDP rows say nothing.
fn answered(rows: &[ListedSocket<'_>]) -> Option<bool> {
    let mut states = rows.iter().filter_map(|row| row.socket.state).peekable();
    states.peek()?;
    Some(states.any(|state| state != SocketState::SynSent))
}

fn skeleton(tuple: TupleKey, first: Timestamp, last: Timestamp) -> Conversation {
    let (host, protocol, local, remote) = tuple;
    Conversation {
        host: Some(host),
        protocol,
        local,
        remote,
        direction: None,
        flow: None,
        first: Some(first),
        last: Some(last),
        sent: None,
        received: None,
        initial_rtt: None,
        answered: None,
        close: None,
        application: ApplicationProtocol::Unknown,
        recognised_by: None,
        proof: Vec::new(),
        process: Attribution::default(),
        relayed_for: None,
        name: NameAnswer::default(),
        decision: DecisionAnswer::default(),
    }
}

fn subject(conversation: &Conversation, host: HostId) -> Subject {
    let first = conversation.first.unwrap_or(Timestamp::MIN);
    Subject {
        host,
        protocol: conversation.protocol,
        local: conversation.local,
        remote: conversation.remote,
        direction: conversation.direction,
        first,
        last: conversation.last.unwrap_or(first),
        start_seen: true,
        end_seen: false,
    }
}
