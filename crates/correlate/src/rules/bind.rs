//! Rule "bind": an event says which process took the local port.
//!
//! Window: from the bind (5158, or a bind in a trace) to the next bind of the same port. Grade: derived. Defeated by: a later bind of another
//! process, by binds older than a day, and by a log whose clock cannot be aligned with the capture: then it is only known that
//! a join by time was refused.

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{ConnectionEvent, ConnectionEventKind, Grade, IpProtocol, Nanoseconds, Timestamp};

use super::claim::Claim;
use super::subject::Subject;
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::{HostId, ProcessRule};

/// The oldest bind that still speaks for a port.
const OLDEST_BIND: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);

/// Binds by host, protocol and local port, in order of time.
#[derive(Debug, Default)]
pub(crate) struct BindIndex<'a> {
    by_port: FxHashMap<(HostId, IpProtocol, u16), Vec<Bind<'a>>>,
    /// Ports with binds whose time means nothing here.
    refused: FxHashSet<(HostId, IpProtocol, u16)>,
}

#[derive(Clone, Copy, Debug)]
struct Bind<'a> {
    event: &'a ConnectionEvent,
    time: Timestamp,
    tolerance: Nanoseconds,
}

impl<'a> BindIndex<'a> {
    pub(crate) fn build(observed: &'a Observed, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut index = Self::default();
        for event in observed.connections.iter().filter(|event| is_bind(event.kind)) {
            let host = hosts.of(event.host.as_ref(), event.span.evidence);
            let (Some(host), Some(protocol), Some(local)) = (host, event.protocol, event.local) else {
                continue;
            };
            let clock = Clock::of_connection(event);
            let Some(tolerance) = clocks.tolerance(clock, Some(host)) else {
                index.refused.insert((host, protocol, local.port));
                continue;
            };
            let time = clocks.to_reference(clock, Some(host), event.time);
            index
                .by_port
                .entry((host, protocol, local.port))
                .or_default()
                .push(Bind { event, time, tolerance });
        }
        for binds in index.by_port.values_mut() {
            binds.sort_by_key(|bind| (bind.time, bind.event.span));
        }
        index
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
        let before = |bind: &&Bind<'a>| bind.time <= subject.first + bind.tolerance && bind.fits(subject);
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

impl Bind<'_> {
    fn fits(&self, subject: &Subject) -> bool {
        let bound = self.event.local.map(|local| local.address);
        let address_fits = bound.is_none_or(|bound| bound.is_unspecified() || bound == subject.local.address);
        address_fits && subject.first - self.time <= OLDEST_BIND
    }

    fn claim(&self, subject: &Subject) -> Option<Claim> {
        Some(Claim {
            rule: ProcessRule::Bind,
            grade: Grade::Derived,
            pid: Some(self.event.pid?),
            image: self.event.image.clone(),
            service: None,
            time: self.time.max(subject.first - self.tolerance),
            stated: self.time,
            proof: vec![self.event.span],
        })
    }
}
