//! Far ends, folded over conversations: one row per host, far end, name and program.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use whotalks_correlate::{Conversation, FilterAnswer, HostId, NameCandidate, UnknownReason, Verdict};
use whotalks_record::{Direction, Endpoint, Grade, IpProtocol, Nanoseconds, Span, Text, Timestamp};

use crate::known::look_up;
use crate::program::{ProgramKey, cell, fold, fold_relayed};
use crate::proof::{Citer, Proof};
use crate::sources::Sources;
use crate::{EndpointEvent, EndpointEventKind, EndpointRow, Explanation, ProgramCell, UnknownAspect};

/// The most rows kept; a scan of the whole Internet must not grow the table without end.
const MOST_ROWS: usize = 50_000;
/// The most moments kept for one row.
const MOST_EVENTS: usize = 40;
/// The most moments and the most round-trip times kept over all rows: a moment and its citation take about 300 bytes.
const MOST_EVENTS_IN_ALL: usize = 250_000;
const MOST_RTTS_IN_ALL: usize = 1_000_000;
/// The most other names kept for one row.
const MOST_OTHER_NAMES: usize = 8;
/// The most round-trip times kept for a row's median.
const MOST_RTTS: usize = 256;
/// The most reasons kept for one row.
const MOST_REASONS: usize = 4;

/// What makes two conversations one row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RowKey {
    host: Option<HostId>,
    host_label: Option<Text>,
    pub(crate) remote: Endpoint,
    protocol: IpProtocol,
    inbound: bool,
    name: Option<(Text, Option<u16>)>,
    program: ProgramKey,
    /// For whom it relays: nobody where several programs come into question, none where it is no relay.
    relayed_for: Option<ProgramKey>,
}

/// Rows under construction.
#[derive(Debug, Default)]
pub(crate) struct EndpointTable {
    rows: FxHashMap<RowKey, Row>,
    room: Room,
    pub(crate) omitted: u64,
}

/// What all rows together may still take.
#[derive(Debug)]
struct Room {
    events: usize,
    rtts: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            events: MOST_EVENTS_IN_ALL,
            rtts: MOST_RTTS_IN_ALL,
        }
    }
}

#[derive(Debug)]
struct Row {
    program: ProgramCell,
    direction: Option<Direction>,
    name: Option<NameCandidate>,
    other_names: Vec<NameCandidate>,
    conversations: u64,
    sent_bytes: Option<u64>,
    received_bytes: Option<u64>,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    rtts: Vec<Nanoseconds>,
    verdict: Verdict,
    filter: Option<FilterAnswer>,
    proof: Proof,
    unknowns: Vec<(UnknownAspect, UnknownReason)>,
    events: Vec<Moment>,
}

#[derive(Clone, Debug)]
struct Moment {
    time: Timestamp,
    kind: EndpointEventKind,
    span: Span,
}

impl EndpointTable {
    pub(crate) fn add(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let key = row_key(conversation, sources);
        if self.rows.len() >= MOST_ROWS && !self.rows.contains_key(&key) {
            self.omitted += 1;
            return;
        }
        self.rows
            .entry(key)
            .or_insert_with(|| Row::new(conversation))
            .fold(conversation, &mut self.room);
    }

    /// All spans that finished rows will cite.
    pub(crate) fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.rows.values().flat_map(|row| {
            row.proof
                .spans()
                .iter()
                .copied()
                .chain(row.events.iter().map(|event| event.span))
        })
    }

    /// The finished rows: unknown and suspicious ones first, then by bytes.
    pub(crate) fn finish(
        self,
        citer: &Citer<'_>,
        sources: &Sources<'_>,
        is_suspicious: &dyn Fn(&EndpointRow) -> bool,
    ) -> Vec<EndpointRow> {
        let mut rows: Vec<(RowKey, Row)> = self.rows.into_iter().collect();
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut rows: Vec<EndpointRow> = rows
            .into_iter()
            .map(|(key, row)| row.finish(key, citer, sources))
            .collect();
        for row in &mut rows {
            if is_suspicious(row)
                && let Explanation::Unknown { suspicious } = &mut row.explanation
            {
                *suspicious = true;
            }
        }
        rows.sort_by_key(|row| (interest(row), Reverse(bytes(row)), Reverse(row.conversations)));
        rows
    }
}

/// What deserves the eye first.
fn interest(row: &EndpointRow) -> u8 {
    match row.explanation {
        Explanation::Unknown { suspicious: true } => 0,
        Explanation::KnownButUnexpectedProgram(_) => 1,
        Explanation::Unknown { suspicious: false } => 2,
        Explanation::Explained => 3,
        Explanation::Known(_) => 4,
    }
}

fn bytes(row: &EndpointRow) -> u64 {
    row.sent_bytes
        .unwrap_or(0)
        .saturating_add(row.received_bytes.unwrap_or(0))
}

/// The key of a conversation's row. A caller's own port says nothing and is left out of inbound rows.
pub(crate) fn row_key(conversation: &Conversation, sources: &Sources<'_>) -> RowKey {
    let inbound = conversation.direction == Some(Direction::Inbound);
    let remote = if inbound {
        Endpoint {
            port: 0,
            ..conversation.remote
        }
    } else {
        conversation.remote
    };
    RowKey {
        host: conversation.host,
        host_label: sources.host_label(conversation.host, Some(conversation.local.address)),
        remote,
        protocol: conversation.protocol,
        inbound,
        name: conversation
            .name
            .best
            .as_ref()
            .map(|best| (Text::clone(&best.name), best.port)),
        program: ProgramKey::of(&conversation.process),
        relayed_for: conversation.relayed_for.as_ref().map(ProgramKey::of),
    }
}

impl Row {
    fn new(conversation: &Conversation) -> Self {
        Self {
            program: cell(&conversation.process),
            direction: conversation.direction,
            name: conversation.name.best.clone(),
            other_names: Vec::new(),
            conversations: 0,
            sent_bytes: None,
            received_bytes: None,
            first: None,
            last: None,
            rtts: Vec::new(),
            verdict: Verdict::Unknown,
            filter: None,
            proof: Proof::default(),
            unknowns: Vec::new(),
            events: Vec::new(),
        }
    }

    fn fold(&mut self, conversation: &Conversation, room: &mut Room) {
        fold(&mut self.program, &conversation.process);
        fold_relayed(&mut self.program, conversation);
        self.conversations += 1;
        self.fold_traffic(conversation, room);
        self.fold_names(conversation);
        self.fold_decision(conversation);
        self.proof.add(conversation.process.proof.iter().take(2).copied());
        let relay = conversation.relayed_for.iter().flat_map(|relayed| &relayed.proof);
        self.proof.add(relay.take(1).copied());
        self.proof.add(conversation.proof.iter().take(1).copied());
        for unknown in unknowns(conversation) {
            if self.unknowns.len() < MOST_REASONS && !self.unknowns.iter().any(|(aspect, _)| *aspect == unknown.0) {
                self.unknowns.push(unknown);
            }
        }
        self.fold_moments(conversation, room);
    }

    fn fold_traffic(&mut self, conversation: &Conversation, room: &mut Room) {
        if let Some(sent) = conversation.sent {
            *self.sent_bytes.get_or_insert(0) += sent.ip_bytes;
        }
        if let Some(received) = conversation.received {
            *self.received_bytes.get_or_insert(0) += received.ip_bytes;
        }
        self.first = [self.first, conversation.first].into_iter().flatten().min();
        self.last = [self.last, conversation.last].into_iter().flatten().max();
        if let Some(rtt) = conversation.initial_rtt
            && self.rtts.len() < MOST_RTTS
            && take(&mut room.rtts)
        {
            self.rtts.push(rtt);
        }
    }

    fn fold_names(&mut self, conversation: &Conversation) {
        if let Some(best) = &conversation.name.best {
            self.proof.add(best.proof.iter().take(1).copied());
        }
        for other in &conversation.name.others {
            let known = self
                .other_names
                .iter()
                .any(|one| one.name == other.name && one.evidence == other.evidence);
            if !known && self.other_names.len() < MOST_OTHER_NAMES {
                self.other_names.push(other.clone());
            }
        }
    }

    /// A row is blocked when its last word is; a mixed row shows that something passed.
    fn fold_decision(&mut self, conversation: &Conversation) {
        let decision = &conversation.decision;
        let weight = |verdict| match verdict {
            Verdict::Unknown => 0,
            Verdict::DroppedPackets => 1,
            Verdict::Blocked => 2,
            Verdict::Passed => 3,
            Verdict::Allowed => 4,
        };
        if weight(decision.verdict) > weight(self.verdict) || self.filter.is_none() && decision.verdict == self.verdict
        {
            self.verdict = decision.verdict;
            self.filter.clone_from(&decision.filter);
        }
        self.proof.add(decision.proof.iter().take(1).copied());
    }

    fn fold_moments(&mut self, conversation: &Conversation, room: &mut Room) {
        for moment in moments(conversation) {
            if self.events.len() < MOST_EVENTS && take(&mut room.events) {
                self.events.push(moment);
            }
        }
    }

    fn finish(mut self, key: RowKey, citer: &Citer<'_>, sources: &Sources<'_>) -> EndpointRow {
        self.events.sort_by_key(|moment| (moment.time, moment.span));
        self.events
            .dedup_by(|one, other| one.time == other.time && one.kind == other.kind);
        self.rtts.sort_unstable();
        let event = |moment: Moment| EndpointEvent {
            time: moment.time,
            kind: moment.kind,
            citation: citer.citation(moment.span),
        };
        EndpointRow {
            explanation: explain(&self, sources),
            host: key.host_label,
            remote: key.remote,
            protocol: key.protocol,
            direction: self.direction,
            name: self.name,
            other_names: self.other_names,
            program: self.program,
            conversations: self.conversations,
            sent_bytes: self.sent_bytes,
            received_bytes: self.received_bytes,
            first: self.first,
            last: self.last,
            initial_rtt: self.rtts.get(self.rtts.len() / 2).copied(),
            verdict: self.verdict,
            filter: self.filter,
            citations: citer.cite(&self.proof),
            unknowns: self.unknowns,
            events: self.events.into_iter().map(event).collect(),
        }
    }
}

/// Takes one out of what is left, if there is any.
const fn take(left: &mut usize) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

/// Known where the catalogue knows the name; explained where both name and program are known well enough.
fn explain(row: &Row, sources: &Sources<'_>) -> Explanation {
    let sure = row.name.as_ref().filter(|name| name.grade >= Grade::Derived);
    if let Some(found) = sure.and_then(|name| look_up(sources.catalogue, &name.name, &row.program)) {
        let known = Box::new(found.known);
        return match found.program_is_unexpected {
            true => Explanation::KnownButUnexpectedProgram(known),
            false => Explanation::Known(known),
        };
    }
    if sure.is_some() && row.program.name.is_some() && row.program.grade >= Grade::Derived {
        return Explanation::Explained;
    }
    Explanation::Unknown { suspicious: false }
}

/// What is not known about a conversation, with the reason.
pub(crate) fn unknowns(conversation: &Conversation) -> Vec<(UnknownAspect, UnknownReason)> {
    let process = conversation
        .process
        .unknown
        .clone()
        .map(|reason| match &conversation.process.process {
            None => (UnknownAspect::Program, reason),
            Some(_) => (UnknownAspect::ProgramName, reason),
        });
    let name = conversation
        .name
        .unknown
        .clone()
        .map(|reason| (UnknownAspect::Name, reason));
    let decision = conversation
        .decision
        .unknown
        .clone()
        .map(|reason| match conversation.decision.verdict {
            Verdict::Allowed | Verdict::Blocked => (UnknownAspect::Filter, reason),
            _ => (UnknownAspect::Decision, reason),
        });
    process.into_iter().chain(name).chain(decision).collect()
}

fn moments(conversation: &Conversation) -> Vec<Moment> {
    let Some(first) = conversation.first else {
        return Vec::new();
    };
    let Some(span) = conversation.proof.first().copied() else {
        return Vec::new();
    };
    let mut moments = Vec::new();
    if let Some(process) = &conversation.process.process {
        let image: Text = process.image.clone().unwrap_or_else(|| "".into());
        let proof = process.proof.first().copied().unwrap_or(span);
        moments.extend(process.started.map(|time| Moment {
            time,
            kind: EndpointEventKind::ProcessStart(image),
            span: proof,
        }));
        let proof = process.proof.last().copied().unwrap_or(span);
        moments.extend(process.ended.map(|time| Moment {
            time,
            kind: EndpointEventKind::ProcessEnd,
            span: proof,
        }));
    }
    if let Some(best) = &conversation.name.best {
        let seen = best.time.zip(best.proof.first().copied());
        let kind = EndpointEventKind::NameSeen(Text::clone(&best.name));
        moments.extend(seen.map(|(time, span)| Moment { time, kind, span }));
    }
    if conversation.decision.verdict == Verdict::Blocked {
        let span = conversation.decision.proof.first().copied().unwrap_or(span);
        moments.push(Moment {
            time: first,
            kind: EndpointEventKind::Block,
            span,
        });
    } else {
        moments.push(Moment {
            time: first,
            kind: connect(conversation),
            span,
        });
        moments.extend(conversation.close.zip(conversation.last).map(|(_, time)| Moment {
            time,
            kind: EndpointEventKind::Close,
            span,
        }));
    }
    moments
}

fn connect(conversation: &Conversation) -> EndpointEventKind {
    let both = conversation.sent.zip(conversation.received);
    let bytes = both.map(|(sent, received)| sent.ip_bytes.saturating_add(received.ip_bytes));
    EndpointEventKind::Connect {
        local_port: conversation.local.port,
        bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_taken_until_nothing_is() {
        let mut left = 2;
        let taken = [take(&mut left), take(&mut left), take(&mut left)];
        assert_eq!((taken, left), ([true, true, false], 0));
    }
}
