//! Rule "call": the socket driver says which process called this far end, or took a call from it, without saying at which end of
//! the host.
//!
//! Window: the first packet ± max(2 s, 3 × spread of the clocks); a call that was taken is handed to its program up to 21 s later.
//! Grade: derived. Defeated by: calls of two processes, or of one that is not known, to the same far end in the window; by more
//! conversations with it in the window than calls, since the others are then of somebody whose calls were not traced; by a
//! conversation whose beginning was not seen; and by a clock that is not aligned.

use rustc_hash::FxHashMap;
use whotalks_record::{
    Direction, Endpoint, Grade, IpProtocol, Nanoseconds, Pid, SocketCall, SocketCallKind, Span, Timestamp,
};

use super::claim::Claim;
use super::subject::Subject;
use crate::clocks::{Clock, Clocks};
use crate::far_ends::FarEnds;
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::sessions::{OpenSockets, TraceSessions};
use crate::{HostId, ProcessRule};

/// A call is taken from the queue of its listener within this time, or its caller has given up.
const LONGEST_QUEUE: Nanoseconds = Nanoseconds::from_seconds(21);

/// Calls by host, protocol and far end, in order of time.
#[derive(Debug, Default)]
pub(crate) struct CallIndex {
    by_far_end: FxHashMap<(HostId, IpProtocol, Endpoint), Vec<Call>>,
}

#[derive(Clone, Debug)]
struct Call {
    time: Timestamp,
    /// None where the clocks are not aligned.
    tolerance: Option<Nanoseconds>,
    direction: Direction,
    local: Option<Endpoint>,
    pid: Option<Pid>,
    /// The call and, where another event names the process, that one.
    proof: [Option<Span>; 2],
}

/// What the calls of a far end say of a conversation with it.
#[derive(Clone, Debug)]
pub(crate) enum Called {
    /// Nothing.
    Silent,
    /// One process called.
    By(Box<Claim>),
    /// Several did, and nothing tells which of them.
    ByOneOf(Vec<Pid>),
}

impl CallIndex {
    pub(crate) fn build(
        observed: &Observed,
        sessions: &TraceSessions,
        open: &OpenSockets<'_>,
        hosts: &Hosts,
        clocks: &Clocks,
    ) -> Self {
        let mut index = Self::default();
        for event in &observed.calls {
            let evidence = event.span.evidence;
            let (Some(host), Some(remote), Some(direction)) =
                (hosts.of(None, evidence), event.remote, direction(event))
            else {
                continue;
            };
            let created = open.creation_of(event, sessions).filter(|_| event.pid.is_none());
            let Some(protocol) = event.protocol.or_else(|| created?.protocol) else {
                continue;
            };
            let clock = Clock::of_evidence(evidence);
            let call = Call {
                time: clocks.to_reference(clock, Some(host), event.time),
                tolerance: clocks.tolerance(clock, Some(host)),
                direction,
                local: event.local.or_else(|| created?.local),
                pid: event.pid.or_else(|| created?.pid),
                proof: [Some(event.span), created.map(|created| created.span)],
            };
            index.by_far_end.entry((host, protocol, remote)).or_default().push(call);
        }
        for calls in index.by_far_end.values_mut() {
            calls.sort_by_key(|call| (call.time, call.proof));
        }
        index
    }

    /// Who called the far end of the subject, or took its call.
    pub(crate) fn called(&self, subject: &Subject, far_ends: &FarEnds) -> Called {
        let key = (subject.host, subject.protocol, subject.remote);
        let calls = self.by_far_end.get(&key).map(Vec::as_slice).unwrap_or_default();
        let fitting: Vec<&Call> = calls.iter().filter(|call| call.fits(subject)).collect();
        let Some((first, rest)) = fitting.split_first() else {
            return Called::Silent;
        };
        let mut pids: Vec<Option<Pid>> = fitting.iter().map(|call| call.pid).collect();
        pids.sort_unstable();
        pids.dedup();
        let [Some(pid)] = pids.as_slice() else {
            return Called::one_of(&pids);
        };
        let within = first.tolerance.unwrap_or_default();
        let far_end = (subject.protocol, subject.remote);
        if far_ends.near_ends(far_end, subject.first, within).len() > fitting.len() {
            return Called::Silent;
        }
        // Of several calls of one process the nearest is cited.
        let nearest = rest.iter().fold(first, |best, call| {
            match call.time.distance(subject.first) < best.time.distance(subject.first) {
                true => call,
                false => best,
            }
        });
        Called::By(Box::new(nearest.claim(*pid)))
    }
}

impl Called {
    fn one_of(pids: &[Option<Pid>]) -> Self {
        let known: Option<Vec<Pid>> = pids.iter().copied().collect();
        known.map_or(Self::Silent, Self::ByOneOf)
    }
}

/// Who opened what a call is about; none where it is no call.
const fn direction(call: &SocketCall) -> Option<Direction> {
    match call.kind {
        SocketCallKind::Called => Some(Direction::Outbound),
        SocketCallKind::Accepted => Some(Direction::Inbound),
        SocketCallKind::Open | SocketCallKind::Bound | SocketCallKind::Closed => None,
    }
}

impl Call {
    fn fits(&self, subject: &Subject) -> bool {
        let Some(tolerance) = self.tolerance else { return false };
        // Datagrams have no beginning that could have been missed: each of them is told, and the first one counts.
        let begins = subject.start_seen || subject.protocol == IpProtocol::UDP;
        let late = match self.direction {
            Direction::Outbound => tolerance,
            Direction::Inbound => LONGEST_QUEUE,
        };
        let is_then = subject.first - tolerance <= self.time && self.time <= subject.first + late;
        let is_there = self.local.is_none_or(|local| local == subject.local);
        let is_same_way = subject.direction.is_none_or(|direction| direction == self.direction);
        begins && is_then && is_there && is_same_way
    }

    fn claim(&self, pid: Pid) -> Claim {
        Claim {
            rule: ProcessRule::Call,
            grade: Grade::Derived,
            pid: Some(pid),
            image: None,
            service: None,
            time: self.time,
            stated: self.time,
            proof: self.proof.iter().flatten().copied().collect(),
        }
    }
}
