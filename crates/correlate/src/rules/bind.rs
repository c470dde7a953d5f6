//! Rule "bind": an event says which process took the local port.
//!
//! Window: from the bind (5158, or a bind in a trace) to the next bind of the same port. Grade: derived. Defeated by: a later bind of another
//! process, by binds older than a day, and by a log whose clock cannot be aligned with the capture: then it is only known that
//! a join by time was refused.

use std::net::IpAddr;

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{
    ConnectionEvent, ConnectionEventKind, Endpoint, EvidenceId, Grade, IpProtocol, Nanoseconds, Pid, SocketCall,
    SocketCallKind, Span, Text, Timestamp,
};

use super::claim::Claim;
use super::subject::Subject;
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::sessions::{OpenSockets, TraceSessions};
use crate::{HostId, ProcessRule};

/// The oldest bind that still speaks for a port.
const OLDEST_BIND: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);

/// Binds by host, protocol and local port, in order of time.
#[derive(Debug, Default)]
pub(crate) struct BindIndex {
    by_port: FxHashMap<(HostId, IpProtocol, u16), Vec<Bind>>,
    /// Ports with binds whose time means nothing here.
    refused: FxHashSet<(HostId, IpProtocol, u16)>,
}

/// A bind as it is stated, by the log or trace of a computer.
struct Stated<'a> {
    host: Option<&'a Text>,
    evidence: EvidenceId,
    time: Timestamp,
    protocol: Option<IpProtocol>,
    local: Option<Endpoint>,
    pid: Option<Pid>,
    image: Option<&'a Text>,
    proof: [Option<Span>; 2],
}

#[derive(Clone, Debug)]
struct Bind {
    address: IpAddr,
    pid: Option<Pid>,
    image: Option<Text>,
    time: Timestamp,
    tolerance: Nanoseconds,
    /// The bind and, where another event names the process, that one.
    proof: [Option<Span>; 2],
}

impl BindIndex {
    pub(crate) fn build(
        observed: &Observed,
        sessions: &TraceSessions,
        open: &OpenSockets<'_>,
        hosts: &Hosts,
        clocks: &Clocks,
    ) -> Self {
        let mut index = Self::default();
        let events = observed.connections.iter().filter(|event| is_bind(event.kind));
        let calls = observed.calls.iter().filter(|call| call.kind == SocketCallKind::Bound);
        let calls = calls.filter_map(|call| Some(Stated::by_call(call, open.creation_of(call, sessions)?)));
        for stated in events.map(Stated::by_event).chain(calls) {
            index.add(&stated, hosts, clocks);
        }
        for binds in index.by_port.values_mut() {
            binds.sort_by_key(|bind| (bind.time, bind.proof));
        }
        index
    }

    fn add(&mut self, stated: &Stated<'_>, hosts: &Hosts, clocks: &Clocks) {
        let host = hosts.of(stated.host, stated.evidence);
        let (Some(host), Some(protocol), Some(local)) = (host, stated.protocol, stated.local) else {
            return;
        };
        let clock = Clock::of_evidence(stated.evidence);
        let key = (host, protocol, local.port);
        let Some(tolerance) = clocks.tolerance(clock, Some(host)) else {
            self.refused.insert(key);
            return;
        };
        self.by_port.entry(key).or_default().push(Bind {
            address: local.address,
            pid: stated.pid,
            image: stated.image.cloned(),
            time: clocks.to_reference(clock, Some(host), stated.time),
            tolerance,
            proof: stated.proof,
        });
    }

    /// Whether the port was bound at a time that cannot be compared with the subject's.
    pub(crate) fn is_refused(&self, subject: &Subject) -> bool {
        self.refused
            .contains(&(subject.host, subject.protocol, subject.local.port))
    }

    /// The claim of the latest bind before `subject`. Binds of the same moment by two processes are both claimed.
    pub(crate) fn claims(&self, subject: &Subject) -> Vec<Claim> {
        let key = (subject.host, subject.protocol, subject.local.port);
        let binds = self.by_port.get(&key).map(Vec::as_slice).unwrap_or_default();
        let before = |bind: &&Bind| bind.time <= subject.first + bind.tolerance && bind.fits(subject);
        let Some(latest) = binds.iter().rev().find(before) else {
            return Vec::new();
        };
        let together = binds
            .iter()
            .filter(|bind| bind.fits(subject) && (bind.time.distance(latest.time)) <= latest.tolerance);
        together.filter_map(|bind| bind.claim(subject)).collect()
    }
}

const fn is_bind(kind: ConnectionEventKind) -> bool {
    matches!(
        kind,
        ConnectionEventKind::BindPermitted | ConnectionEventKind::TraceBound
    )
}

impl<'a> Stated<'a> {
    const fn by_event(event: &'a ConnectionEvent) -> Self {
        Self {
            host: event.host.as_ref(),
            evidence: event.span.evidence,
            time: event.time,
            protocol: event.protocol,
            local: event.local,
            pid: event.pid,
            image: event.image.as_ref(),
            proof: [Some(event.span), None],
        }
    }

    /// A socket that an earlier file of the session created.
    fn by_call(call: &SocketCall, created: &SocketCall) -> Self {
        Self {
            host: None,
            evidence: call.span.evidence,
            time: call.time,
            protocol: call.protocol.or(created.protocol),
            local: call.local.filter(|local| local.port != 0),
            pid: created.pid,
            image: None,
            proof: [Some(call.span), Some(created.span)],
        }
    }
}

impl Bind {
    fn fits(&self, subject: &Subject) -> bool {
        let address_fits = self.address.is_unspecified() || self.address == subject.local.address;
        address_fits && subject.first - self.time <= OLDEST_BIND
    }

    fn claim(&self, subject: &Subject) -> Option<Claim> {
        Some(Claim {
            rule: ProcessRule::Bind,
            grade: Grade::Derived,
            pid: Some(self.pid?),
            image: self.image.clone(),
            service: None,
            time: self.time.max(subject.first - self.tolerance),
            stated: self.time,
            proof: self.proof.iter().flatten().copied().collect(),
        })
    }
}
