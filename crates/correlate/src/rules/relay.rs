//! Rule "relay": a program connects to a relay on its own host (virus scanner, local proxy, VPN), which connects to the outside
//! for it. The outside leg is the relay's own, as its event states; this rule says for whom it was made.
//!
//! Window: the relay calls the outside at most [`LONGEST_DELAY`] after a program on the host called it over the loopback, and the
//! loopback leg has not ended by then; where packets of both legs were captured, their bytes must agree as well. Both ends of the
//! loopback leg are known by their events. Grade: derived where all legs of the window are of one program and the relay made no
//! more calls in it than it was called; inferred where it made more, since one of them may be its own. Defeated by: several
//! programs that call the relay in one window (they are named, none is picked), and legs that were kept open from before.

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{
    ConnectionEvent, Direction, Endpoint, FlowKey, Grade, IpProtocol, Nanoseconds, Pid, Text, Timestamp,
};

use super::claim::{Claim, decide};
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::process::ProcessTable;
use crate::survey::{LoopbackFlow, LoopbackFlows};
use crate::{Attribution, HostId, ProcessRule, UnknownReason};

/// A relay connects onward within this time: it has to look up a name and perhaps to judge the program.
const LONGEST_DELAY: Nanoseconds = Nanoseconds::from_seconds(2);
/// The events of both legs come from one log, but not always in order.
const DISORDER: Nanoseconds = Nanoseconds::from_milliseconds(10);
/// The two events of one loopback connection, and those that two channels write of one call, lie this close together.
const SAME_MOMENT: Nanoseconds = Nanoseconds::from_seconds(5);
/// The most programs that are named where none can be picked.
const MOST_CANDIDATES: usize = 8;
/// What a relay adds or takes away apart from the content: headers of a proxy, handshakes of TLS.
const OVERHEAD_BYTES: u64 = 4_096;

/// Relays by host and process, with who called them and when they called the outside.
#[derive(Debug, Default)]
pub(crate) struct RelayIndex<'a> {
    relays: FxHashMap<(HostId, Pid), Relay<'a>>,
}

#[derive(Debug, Default)]
struct Relay<'a> {
    /// In order of time.
    legs: Vec<Leg<'a>>,
    /// In order of time.
    calls: Vec<Timestamp>,
}

/// A loopback connection, known at both ends.
#[derive(Clone, Copy, Debug)]
struct Leg<'a> {
    caller: Call<'a>,
    accepted: &'a ConnectionEvent,
    /// Its packets, where they were captured.
    flow: Option<LoopbackFlow>,
}

/// An event with a host, a process and two ends.
#[derive(Clone, Copy, Debug)]
struct Call<'a> {
    host: HostId,
    pid: Pid,
    local: Endpoint,
    remote: Endpoint,
    time: Timestamp,
    event: &'a ConnectionEvent,
}

/// The outside leg that is asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutsideLeg {
    pub(crate) host: HostId,
    /// The process that made it.
    pub(crate) pid: Pid,
    pub(crate) began: Timestamp,
    /// Bytes that the host sent for the application, where packets tell.
    pub(crate) sent_bytes: Option<u64>,
}

impl<'a> RelayIndex<'a> {
    pub(crate) fn build(observed: &'a Observed, hosts: &Hosts, clocks: &Clocks, loopback: &LoopbackFlows) -> Self {
        let calls = calls(observed, hosts, clocks);
        let (inner, outer): (Vec<Call<'a>>, Vec<Call<'a>>) = calls.into_iter().partition(Call::is_loopback);
        let mut index = Self::default();
        index.add_legs(&inner, loopback);
        index.add_calls(&outer);
        index
    }

    /// The program that an outside leg was made for; none where nobody called its process just before.
    pub(crate) fn made_for(&self, outside: &OutsideLeg, processes: &ProcessTable) -> Option<Attribution> {
        let relay = self.relays.get(&(outside.host, outside.pid))?;
        let legs: Vec<&Leg<'a>> = relay
            .window(outside.began)
            .filter(|leg| leg.may_lead_to(outside))
            .collect();
        let first = *legs.first()?;
        let callers: FxHashSet<Pid> = legs.iter().map(|leg| leg.caller.pid).collect();
        if callers.len() > 1 {
            return Some(ambiguous(&legs));
        }
        let calls = relay.calls_between(first.caller.time, outside.began);
        let grade = if calls > legs.len() {
            Grade::Inferred
        } else {
            Grade::Derived
        };
        let moment = (outside.began, outside.began);
        Some(decide(vec![first.claim(grade)], outside.host, moment, processes))
    }

    fn add_legs(&mut self, inner: &[Call<'a>], loopback: &LoopbackFlows) {
        let mut accepted: FxHashMap<(HostId, Endpoint, Endpoint), Vec<Call<'a>>> = FxHashMap::default();
        for call in inner.iter().filter(|call| call.is_inbound()) {
            accepted
                .entry((call.host, call.remote, call.local))
                .or_default()
                .push(*call);
        }
        for caller in once_each(inner.iter().filter(|call| !call.is_inbound())) {
            let ends = (caller.host, caller.local, caller.remote);
            let mut others = accepted.get(&ends).into_iter().flatten();
            let Some(other) = others.find(|other| other.time.distance(caller.time) <= SAME_MOMENT) else {
                continue;
            };
            if other.pid != caller.pid {
                let relay = self.relays.entry((caller.host, other.pid)).or_default();
                relay.legs.push(Leg {
                    caller,
                    accepted: other.event,
                    flow: loopback.at(caller.key(), caller.time),
                });
            }
        }
    }

    fn add_calls(&mut self, outer: &[Call<'a>]) {
        for call in once_each(outer.iter().filter(|call| !call.is_inbound())) {
            if let Some(relay) = self.relays.get_mut(&(call.host, call.pid)) {
                relay.calls.push(call.time);
            }
        }
    }
}

impl<'a> Relay<'a> {
    /// The legs that began so shortly before a moment that a call of that moment may be made for them.
    fn window(&self, moment: Timestamp) -> impl Iterator<Item = &Leg<'a>> {
        let from = self
            .legs
            .partition_point(|leg| leg.caller.time < moment - LONGEST_DELAY);
        let until = self.legs.partition_point(|leg| leg.caller.time <= moment + DISORDER);
        self.legs.get(from..until).unwrap_or_default().iter()
    }

    fn calls_between(&self, from: Timestamp, until: Timestamp) -> usize {
        let start = self.calls.partition_point(|call| *call < from - DISORDER);
        let end = self.calls.partition_point(|call| *call <= until + DISORDER);
        end.saturating_sub(start)
    }
}

impl Leg<'_> {
    /// Whether packets, where they tell, allow the outside leg to be made for this one.
    fn may_lead_to(&self, outside: &OutsideLeg) -> bool {
        let Some(flow) = self.flow else { return true };
        let chain = |one: u64, other: u64| one <= other.saturating_add(other / 2).saturating_add(OVERHEAD_BYTES);
        let agree = |bytes: u64| chain(bytes, flow.sent_bytes) && chain(flow.sent_bytes, bytes);
        flow.last >= outside.began - DISORDER && outside.sent_bytes.is_none_or(agree)
    }

    fn claim(&self, grade: Grade) -> Claim {
        Claim {
            rule: ProcessRule::Relay,
            grade,
            pid: Some(self.caller.pid),
            image: self.caller.event.image.clone(),
            service: None,
            time: self.caller.time,
            stated: self.caller.time,
            proof: vec![self.caller.event.span, self.accepted.span],
        }
    }

    fn caller_label(&self) -> Text {
        match &self.caller.event.image {
            Some(image) => Text::clone(image),
            None => format!("pid {}", self.caller.pid).into(),
        }
    }
}

impl Call<'_> {
    fn is_loopback(&self) -> bool {
        self.local.address.is_loopback() && self.remote.address.is_loopback()
    }

    fn is_inbound(&self) -> bool {
        self.event.direction == Some(Direction::Inbound)
    }

    fn key(&self) -> FlowKey {
        FlowKey {
            protocol: IpProtocol::TCP,
            client: self.local,
            server: self.remote,
        }
    }
}

/// Several programs called the relay at once: all are named, none is picked.
fn ambiguous(legs: &[&Leg<'_>]) -> Attribution {
    let mut names: Vec<Text> = legs.iter().map(|leg| leg.caller_label()).collect();
    names.sort();
    names.dedup();
    names.truncate(MOST_CANDIDATES);
    Attribution {
        rule: Some(ProcessRule::Relay),
        proof: legs
            .iter()
            .take(MOST_CANDIDATES)
            .map(|leg| leg.caller.event.span)
            .collect(),
        unknown: Some(UnknownReason::Ambiguous(names)),
        ..Attribution::default()
    }
}

/// The events of TCP connections that name host, process and both ends, in order of time.
fn calls<'a>(observed: &'a Observed, hosts: &Hosts, clocks: &Clocks) -> Vec<Call<'a>> {
    let call = |event: &'a ConnectionEvent| {
        let host = hosts.of(event.host.as_ref(), event.span.evidence)?;
        Some(Call {
            host,
            pid: event.pid.filter(|pid| *pid != Pid::IDLE && *pid != Pid::SYSTEM)?,
            local: event.local?,
            remote: event.remote?,
            time: clocks.to_reference(Clock::of_connection(event), Some(host), event.time),
            event,
        })
    };
    let connections = observed.connections.iter();
    let relevant = connections.filter(|event| event.kind.marks_beginning() && event.protocol == Some(IpProtocol::TCP));
    let mut calls: Vec<Call<'a>> = relevant.filter_map(call).collect();
    calls.sort_by_key(|call| (call.time, call.event.span));
    calls
}

/// Calls in order, each once: a second channel, or a retry, tells of a call that is known already.
fn once_each<'c, 'a: 'c>(calls: impl Iterator<Item = &'c Call<'a>>) -> Vec<Call<'a>> {
    let mut latest: FxHashMap<(HostId, Pid, Endpoint, Endpoint), Timestamp> = FxHashMap::default();
    let mut first_only = Vec::new();
    for call in calls {
        let before = latest.insert((call.host, call.pid, call.local, call.remote), call.time);
        if before.is_none_or(|before| call.time - before > SAME_MOMENT) {
            first_only.push(*call);
        }
    }
    first_only
}
