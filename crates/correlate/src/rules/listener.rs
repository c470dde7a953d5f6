//! Rule "listener": an event or a listing row says who listens on the local port of an inbound conversation.
//!
//! Window: from the listen (5154) to the next listen on that port; a listing row speaks for the time around it only as long as
//! no other process is known to have listened there. Grade: derived; inferred for a row without a time. Defeated by: http.sys,
//! whose listeners belong to pid 4 (said so, not guessed further).

use rustc_hash::FxHashMap;
use whotalks_record::{
    ConnectionEventKind, Direction, Endpoint, Grade, IpProtocol, Nanoseconds, Pid, SocketState, Span, Text, Timestamp,
};

use super::claim::Claim;
use super::subject::Subject;
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::listings::Listings;
use crate::observed::Observed;
use crate::{HostId, ProcessRule};

/// How far from the conversation a listing may lie and still be derived: listeners outlive the conversations they serve.
const LISTING_REACH: Nanoseconds = Nanoseconds::from_seconds(3600);
/// The same for the socket of a UDP client, which lives about as long as its conversation.
const CLIENT_REACH: Nanoseconds = Nanoseconds::from_seconds(5);

/// Listeners by host, protocol and port.
#[derive(Debug, Default)]
pub(crate) struct ListenerIndex {
    by_port: FxHashMap<(HostId, IpProtocol, u16), Vec<Listener>>,
}

#[derive(Clone, Debug)]
struct Listener {
    local: Endpoint,
    pid: Option<Pid>,
    image: Option<Text>,
    service: Option<Text>,
    time: Option<Timestamp>,
    is_event: bool,
    span: Span,
}

impl ListenerIndex {
    pub(crate) fn build(observed: &Observed, listings: &Listings, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut index = Self::default();
        index.add_events(observed, hosts, clocks);
        index.add_rows(observed, listings, hosts, clocks);
        for listeners in index.by_port.values_mut() {
            listeners.sort_by_key(|listener| (listener.time, listener.span));
        }
        index
    }

    fn add_events(&mut self, observed: &Observed, hosts: &Hosts, clocks: &Clocks) {
        for event in observed
            .connections
            .iter()
            .filter(|event| event.kind == ConnectionEventKind::ListenPermitted)
        {
            let host = hosts.of(event.host.as_ref(), event.span.evidence);
            let (Some(host), Some(protocol), Some(local)) = (host, event.protocol, event.local) else {
                continue;
            };
            let time = Some(clocks.to_reference(Clock::of_connection(event), Some(host), event.time));
            let (pid, image, span) = (event.pid, event.image.clone(), event.span);
            let listener = Listener {
                local,
                pid,
                image,
                service: None,
                time,
                is_event: true,
                span,
            };
            self.by_port
                .entry((host, protocol, local.port))
                .or_default()
                .push(listener);
        }
    }

    fn add_rows(&mut self, observed: &Observed, listings: &Listings, hosts: &Hosts, clocks: &Clocks) {
        let waits = |state: Option<SocketState>| {
            state == Some(SocketState::Listen) || state.is_none() || state == Some(SocketState::Bound)
        };
        for socket in observed
            .sockets
            .iter()
            .filter(|socket| socket.remote.is_none() && waits(socket.state))
        {
            let evidence = socket.span.evidence;
            let Some(host) = hosts.of_listing(evidence) else {
                continue;
            };
            let taken = listings.of(socket.span, socket.snapshot);
            let clock = Clock::of_evidence(evidence);
            let time = taken.map(|taken| clocks.to_reference(clock, Some(host), taken.time));
            let listener = Listener {
                local: socket.local,
                pid: socket.pid,
                image: socket.image.clone(),
                service: socket.component.clone(),
                time,
                is_event: false,
                span: socket.span,
            };
            self.by_port
                .entry((host, socket.protocol, socket.local.port))
                .or_default()
                .push(listener);
        }
    }

    /// The claims for an inbound conversation, or for UDP in either direction, whose sockets serve many far ends.
    pub(crate) fn claims(&self, subject: &Subject) -> Vec<Claim> {
        if subject.direction == Some(Direction::Outbound) && subject.protocol != IpProtocol::UDP {
            return Vec::new();
        }
        let key = (subject.host, subject.protocol, subject.local.port);
        let listeners = self.by_port.get(&key).map(Vec::as_slice).unwrap_or_default();
        let fitting: Vec<&Listener> = listeners.iter().filter(|listener| listener.fits(subject)).collect();
        let latest_event = fitting
            .iter()
            .rev()
            .find(|one| one.is_event && one.time.is_some_and(|time| time <= subject.last));
        let rows = fitting.iter().filter(|one| !one.is_event);
        latest_event
            .into_iter()
            .chain(rows)
            .filter_map(|one| one.claim(subject))
            .collect()
    }
}

impl Listener {
    fn fits(&self, subject: &Subject) -> bool {
        self.local.is_unspecified() || self.local.address == subject.local.address
    }

    fn claim(&self, subject: &Subject) -> Option<Claim> {
        if self.pid.is_none() && self.image.is_none() {
            return None;
        }
        let near = self.time.is_some_and(|time| is_near(time, subject));
        if subject.direction == Some(Direction::Outbound) && !self.is_event && !near {
            return None;
        }
        Some(Claim {
            rule: ProcessRule::Listener,
            grade: if self.is_event || near {
                Grade::Derived
            } else {
                Grade::Inferred
            },
            pid: self.pid,
            image: self.image.clone(),
            service: self.service.clone(),
            time: self.time.unwrap_or(subject.first),
            stated: self.time.unwrap_or(subject.first),
            proof: vec![self.span],
        })
    }
}

/// The first port that systems hand out by themselves (RFC 6335 6); a UDP client below it has bound its port for good.
const FIRST_DYNAMIC_PORT: u16 = 49_152;

fn is_near(time: Timestamp, subject: &Subject) -> bool {
    let client = subject.direction == Some(Direction::Outbound) && subject.local.port >= FIRST_DYNAMIC_PORT;
    let reach = if client { CLIENT_REACH } else { LISTING_REACH };
    subject.first - reach <= time && time <= subject.last + reach
}
