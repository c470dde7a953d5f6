//! Rule "exact event": an event states this very 5-tuple at this very time.
//!
//! Window: the flow's first packet ± max(2 s, 3 × spread of the clocks), and on through the flow's life, since a retried SYN is
//! logged when it succeeds. Grade: observed. Defeated by: two processes for one 5-tuple in the window (both are claimed, which
//! is a conflict). Where the clocks could not be aligned, or the flow began before the capture, the only process that ever
//! had the 5-tuple is derived; so is the one that closes the socket afterwards.

use rustc_hash::FxHashMap;
use whotalks_record::{
    ConnectionDecision, ConnectionEvent, ConnectionEventKind, Direction, Grade, Nanoseconds, Pid, Timestamp,
};

use super::claim::Claim;
use super::subject::{Subject, TupleKey};
use crate::ProcessRule;
use crate::clocks::{Clock, Clocks};
use crate::far_ends::FarEnds;
use crate::hosts::Hosts;
use crate::observed::Observed;

/// UDP flows and connections that began before the capture take the nearest earlier event up to this age; beyond it, a port
/// may have passed through several hands unseen.
const LONGEST_LOOK_BACK: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);

/// The first SYN that was captured may be a retry: Windows tries for 21 s. The event is written at the first one.
const SYN_RETRIES: Nanoseconds = Nanoseconds::from_seconds(21);

/// What comes after the last packet of a connection, of its late segments and of its socket, comes within this time.
pub(crate) const LONGEST_TRAIL: Nanoseconds = Nanoseconds::from_seconds(300);

/// Two channels of one host write of the same connection within this time.
const SAME_MOMENT: Nanoseconds = Nanoseconds::from_seconds(5);

/// Connection and packet events by 5-tuple.
#[derive(Debug, Default)]
pub(crate) struct EventIndex<'a> {
    by_tuple: FxHashMap<TupleKey, Vec<IndexedEvent<'a>>>,
}

/// An event with its time on the reference clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IndexedEvent<'a> {
    pub(crate) event: &'a ConnectionEvent,
    pub(crate) time: Timestamp,
    /// The window for "the same time"; none where the clocks are not aligned.
    pub(crate) tolerance: Option<Nanoseconds>,
}

impl<'a> EventIndex<'a> {
    pub(crate) fn build(observed: &'a Observed, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut by_tuple: FxHashMap<TupleKey, Vec<IndexedEvent<'a>>> = FxHashMap::default();
        for event in &observed.connections {
            let host = hosts.of(event.host.as_ref(), event.span.evidence);
            let (Some(host), Some(protocol), Some(local), Some(remote)) =
                (host, event.protocol, event.local, event.remote)
            else {
                continue;
            };
            let time = clocks.to_reference(Clock::of_connection(event), Some(host), event.time);
            let tolerance = clocks.tolerance(Clock::of_connection(event), Some(host));
            by_tuple
                .entry((host, protocol, local, remote))
                .or_default()
                .push(IndexedEvent { event, time, tolerance });
        }
        for events in by_tuple.values_mut() {
            events.sort_by_key(|indexed| (indexed.time, indexed.event.span));
        }
        Self { by_tuple }
    }

    /// Tells of all conversations that events know, and puts the far ends into order.
    pub(crate) fn note_far_ends(&self, far_ends: &mut FarEnds) {
        for ((_, protocol, local, remote), events) in &self.by_tuple {
            for one in events.iter().filter(|one| one.event.kind.marks_beginning()) {
                far_ends.note_event(*protocol, *remote, one.time, *local);
            }
        }
        far_ends.sort();
    }

    /// All 5-tuples with their events, in order.
    pub(crate) fn tuples(&self) -> Vec<(&TupleKey, &[IndexedEvent<'a>])> {
        let mut all: Vec<_> = self
            .by_tuple
            .iter()
            .map(|(key, events)| (key, events.as_slice()))
            .collect();
        all.sort_by_key(|(key, _)| **key);
        all
    }

    /// All events of a 5-tuple, in order of time.
    pub(crate) fn of(&self, tuple: &TupleKey) -> &[IndexedEvent<'a>] {
        self.by_tuple.get(tuple).map(Vec::as_slice).unwrap_or_default()
    }

    /// The events of a 5-tuple that belong to `subject`: those inside the window, or all of them where the clocks do not allow a
    /// window; for a conversation whose beginning was not captured, else the latest one before it.
    pub(crate) fn during(&self, subject: &Subject) -> Vec<IndexedEvent<'a>> {
        let events = self.of(&subject.tuple());
        let during: Vec<_> = events
            .iter()
            .filter(|indexed| indexed.is_during(subject))
            .copied()
            .collect();
        let lacks_beginning = !subject.start_seen && !during.iter().any(|one| one.event.kind.marks_beginning());
        let is_traced = during.iter().any(|one| one.event.kind.is_traced());
        let is_complete = !during.is_empty() && !lacks_beginning;
        if is_complete || (!during.is_empty() && !is_traced) {
            return during;
        }
        let is_new = |one: &&IndexedEvent<'a>| !during.iter().any(|known| known.event.span == one.event.span);
        let before: Vec<_> = earlier(events, subject).iter().filter(is_new).copied().collect();
        before.into_iter().chain(during).collect()
    }

    /// The claims of this rule. `is_only` says that no other flow has the 5-tuple: else a log without a zone may mean either.
    pub(crate) fn claims(&self, subject: &Subject, is_only: bool) -> Vec<Claim> {
        let events = self.of(&subject.tuple());
        let exact: Vec<Claim> = events
            .iter()
            .filter(|one| one.is_in_window(subject))
            .filter_map(|one| one.claim(Grade::Observed))
            .collect();
        if !exact.is_empty() {
            return exact;
        }
        let unaligned = events.iter().filter(|one| one.tolerance.is_none());
        let unaligned = unaligned.filter(|one| is_only || !one.event.kind.is_firewall_text());
        let unaligned: Vec<Claim> = unaligned.filter_map(|one| one.claim_about(subject)).collect();
        if !unaligned.is_empty() {
            return unaligned;
        }
        let trailing = events.iter().filter(|one| one.trails(subject));
        let around = earlier(events, subject).iter().chain(trailing);
        around.filter_map(|one| one.claim(Grade::Derived)).collect()
    }
}

/// The latest events before the subject, for conversations whose own beginning was not captured: the latest one, and those that
/// other channels wrote of the same moment.
fn earlier<'a, 'b>(events: &'b [IndexedEvent<'a>], subject: &Subject) -> &'b [IndexedEvent<'a>] {
    let look_back = if subject.start_seen {
        SYN_RETRIES
    } else {
        LONGEST_LOOK_BACK
    };
    let end = events.partition_point(|one| one.time <= subject.first);
    let before = events.get(..end).unwrap_or_default();
    let Some(latest) = before.last().filter(|one| subject.first - one.time <= look_back) else {
        return &[];
    };
    let start = before.partition_point(|one| latest.time - one.time > SAME_MOMENT);
    before.get(start..).unwrap_or_default()
}

impl IndexedEvent<'_> {
    fn is_during(&self, subject: &Subject) -> bool {
        self.tolerance.is_none() || self.is_in_window(subject)
    }

    pub(crate) fn is_in_window(&self, subject: &Subject) -> bool {
        let Some(tolerance) = self.tolerance else { return false };
        // What is closed before the conversation begins is the one before it.
        let before = match self.event.kind {
            ConnectionEventKind::TraceClosed => Nanoseconds::ZERO,
            _ => tolerance,
        };
        subject.first - before <= self.time && self.time <= subject.last.max(subject.first + tolerance)
    }

    /// Whether it may tell of the socket of the subject after its last packet.
    pub(crate) fn trails(&self, subject: &Subject) -> bool {
        let late = subject.last < self.time && self.time <= subject.last + LONGEST_TRAIL;
        late && self.event.kind.may_trail()
    }

    /// Whether it tells of the beginning of what began then: a call may be tried again until it is answered.
    pub(crate) fn is_at_beginning(&self, began: Timestamp) -> bool {
        self.tolerance
            .is_none_or(|tolerance| began - SYN_RETRIES <= self.time && self.time <= began + tolerance)
    }

    /// The process that the event names; a network event of the filtering platform names its image alone.
    pub(crate) fn claim(&self, grade: Grade) -> Option<Claim> {
        let pid = self.event.pid;
        let is_named = pid.is_some() || self.event.kind.is_network_event() && self.event.image.is_some();
        if !is_named || self.is_before_socket() {
            return None;
        }
        Some(Claim {
            rule: ProcessRule::ExactEvent,
            grade,
            pid,
            image: self.event.image.clone(),
            service: None,
            time: self.time,
            stated: self.time,
            proof: vec![self.event.span],
        })
    }

    /// The claim of an event whose time does not join it: where that time has no zone, it speaks of the time of the subject.
    fn claim_about(&self, subject: &Subject) -> Option<Claim> {
        let claim = self.claim(Grade::Derived)?;
        let time = if self.event.kind.is_firewall_text() {
            subject.first
        } else {
            claim.time
        };
        Some(Claim { time, ..claim })
    }

    /// Dropped packets name a process only where the stack had already found the socket; the pid is then as good as any. The
    /// text log writes the kernel's for what came in and was dropped before that.
    fn is_before_socket(&self) -> bool {
        let Some(pid) = self.event.pid else { return false };
        let inbound = self.event.direction == Some(Direction::Inbound);
        let refused = self.event.kind.decision() != ConnectionDecision::Allowed;
        let by_kernel = self.event.kind.is_firewall_text() && inbound && refused && pid == Pid::SYSTEM;
        (self.is_packet_drop() && pid == Pid::IDLE) || by_kernel
    }

    pub(crate) fn is_packet_drop(&self) -> bool {
        self.event.kind.decision() == ConnectionDecision::Dropped
    }
}
