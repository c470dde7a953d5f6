//! What one record says by itself: its host, its time on the reference clock, the process that it names.

use whotalks_record::{
    ConnectionDecision, ConnectionEvent, ConnectionEventKind, EvidenceId, Grade, Nanoseconds, NetworkProtectionEvent,
    Pid, ProcessEvent, ResolverEvent, Snapshot, Span, Text, Timestamp,
};

use crate::clocks::Clock;
use crate::correlator::Correlator;
use crate::filter::FilterQuestion;
use crate::listings::Listings;
use crate::process::ProcessTable;
use crate::reasons::Start;
use crate::rules::{Claim, IndexedEvent, decide};
use crate::{Attribution, FilterAnswer, HostId, ProcessRule, UnknownReason, reasons};

/// Two logs write of one refusal, and of its retries, within this time.
const SAME_REFUSAL: Nanoseconds = Nanoseconds::from_seconds(30);

/// What the event of a connection, bind or listen says by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct EventAnswer {
    /// The host that logged it.
    pub host: HostId,
    /// When, on the reference clock; none where the log does not say in which zone its times are.
    pub time: Option<Timestamp>,
    /// The process that it names.
    pub process: Attribution,
    /// The filter that it names.
    pub filter: Option<FilterAnswer>,
}

/// What the start of a process, its question for a name, or a judgement on its connection says by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessAnswer {
    /// The host that logged it.
    pub host: HostId,
    /// When, on the reference clock.
    pub time: Timestamp,
    /// The process that asked or connected; the creator of one that started.
    pub initiator: Attribution,
    /// The image of the process that started, in DOS form where the volume is known.
    pub image: Option<Text>,
}

/// A listing with its host and its time.
#[derive(Clone, Debug, PartialEq)]
pub struct ListingAnswer<'a> {
    /// The listing.
    pub snapshot: &'a Snapshot,
    /// The host it was taken on; none where that is not known.
    pub host: Option<HostId>,
    /// When, on the reference clock; none where its time cannot be believed.
    pub time: Option<Timestamp>,
}

/// A process as one record names it.
struct Named<'a> {
    pid: Option<Pid>,
    image: Option<&'a Text>,
    span: Span,
}

impl Named<'_> {
    fn claim(&self, time: Timestamp) -> Claim {
        Claim {
            rule: ProcessRule::ExactEvent,
            grade: Grade::Observed,
            pid: self.pid,
            image: self.image.cloned(),
            service: None,
            time,
            stated: time,
            proof: vec![self.span],
        }
    }

    /// The process of a record whose time is not known, so that no other record tells more of it.
    fn alone(&self, host: HostId, time: Timestamp) -> Attribution {
        if self.pid.is_none() && self.image.is_none() {
            return Attribution::default();
        }
        let nobody_else = ProcessTable::default();
        let mut attribution = decide(vec![self.claim(time)], host, (time, time), &nobody_else);
        attribution.unknown = self.image.is_none().then_some(UnknownReason::ClocksNotAligned);
        attribution
    }
}

impl<'a> Correlator<'a> {
    /// What the event of a connection, bind or listen says by itself; none for a host that is not known.
    pub fn told_by(&self, event: &ConnectionEvent) -> Option<EventAnswer> {
        let host = self.hosts.of(event.host.as_ref(), event.span.evidence)?;
        let clock = Clock::of_connection(event);
        let time = self.clocks.to_reference(clock, Some(host), event.time);
        let is_timed = self.clocks.knows_time(clock, Some(host));
        let named = Named {
            pid: event.pid,
            image: event.image.as_ref(),
            span: event.span,
        };
        let process = if is_timed {
            self.process_named(&named, host, time)
        } else {
            named.alone(host, time)
        };
        Some(EventAnswer {
            host,
            time: Some(time).filter(|_| is_timed),
            process,
            filter: self.filters.resolve(&FilterQuestion { host, event, time }),
        })
    }

    /// Whether another log of the host, which says more, tells of the same refusal: the audit log names filter and process, the network
    /// events of the filtering platform the filter.
    pub fn is_told_better(&self, event: &ConnectionEvent) -> bool {
        let rank = |kind: ConnectionEventKind| match kind.decision() {
            ConnectionDecision::Blocked if kind.is_firewall_text() => 1,
            ConnectionDecision::Blocked if kind.is_network_event() => 2,
            ConnectionDecision::Blocked => 3,
            _ => 0,
        };
        let host = self.hosts.of(event.host.as_ref(), event.span.evidence);
        let (Some(host), Some(protocol), Some(local), Some(remote)) = (host, event.protocol, event.local, event.remote)
        else {
            return false;
        };
        let time = self
            .clocks
            .to_reference(Clock::of_connection(event), Some(host), event.time);
        let same = |other: &IndexedEvent<'_>| {
            let at_once = other.tolerance.is_none() || other.time.distance(time) <= SAME_REFUSAL;
            rank(other.event.kind) > rank(event.kind) && at_once
        };
        rank(event.kind) > 0 && self.events.of(&(host, protocol, local, remote)).iter().any(same)
    }

    /// What the start of a process says by itself; none without a host or a time.
    pub fn started_by(&self, event: &ProcessEvent) -> Option<ProcessAnswer> {
        let host = self.hosts.of(event.host.as_ref(), event.span.evidence)?;
        let time = self
            .clocks
            .to_reference(Clock::of_process(event), Some(host), event.time?);
        let creator = Named {
            pid: event.parent_pid,
            image: event.parent_image.as_ref(),
            span: event.span,
        };
        let image = event.image.as_ref();
        Some(ProcessAnswer {
            host,
            time,
            initiator: self.process_named(&creator, host, time),
            image: image.map(|image| self.processes.dos_path(host, image)),
        })
    }

    /// What a question for a name says by itself; none for a host that is not known.
    pub fn asked_by(&self, event: &ResolverEvent) -> Option<ProcessAnswer> {
        let host = self.hosts.of(event.host.as_ref(), event.span.evidence)?;
        let clock = Clock::of_resolver(event);
        let time = self.clocks.to_reference(clock, Some(host), event.time);
        let named = Named {
            pid: event.pid,
            image: event.image.as_ref(),
            span: event.span,
        };
        Some(ProcessAnswer {
            host,
            time,
            initiator: self.process_named(&named, host, time),
            image: None,
        })
    }

    /// What network protection says of a connection by itself; none for a host that is not known. Its log names the program by its
    /// image alone.
    pub fn protected_by(&self, event: &NetworkProtectionEvent) -> Option<ProcessAnswer> {
        let (host, time) = self.logged(Some(&event.host), event.span.evidence, event.time);
        let host = host?;
        let named = Named {
            pid: None,
            image: event.image.as_ref(),
            span: event.span,
        };
        let mut initiator = self.process_named(&named, host, time);
        if let Some(process) = &mut initiator.process {
            process.user = process.user.take().or_else(|| event.user.clone());
        }
        Some(ProcessAnswer {
            host,
            time,
            initiator,
            image: None,
        })
    }

    /// All listings, in the order of the evidence.
    pub fn listings(&self) -> Vec<ListingAnswer<'a>> {
        let listings = Listings::find(self.observed);
        let answer = |snapshot: &'a Snapshot| {
            let evidence = snapshot.span.evidence;
            let host = self.hosts.of(snapshot.host.as_ref(), evidence);
            let taken = listings.of(snapshot.span, snapshot.number).map(|taken| taken.time);
            let time = taken.map(|time| self.clocks.to_reference(Clock::of_evidence(evidence), host, time));
            ListingAnswer { snapshot, host, time }
        };
        self.observed.snapshots.iter().map(answer).collect()
    }

    /// The host of a record that may or may not name its computer, and its time on the reference clock, for a log that is not
    /// Sysmon's.
    pub fn logged(&self, name: Option<&Text>, evidence: EvidenceId, time: Timestamp) -> (Option<HostId>, Timestamp) {
        let host = self.hosts.of(name, evidence);
        let clock = Clock::of_evidence(evidence);
        (host, self.clocks.to_reference(clock, host, time))
    }

    /// The host that has an address.
    pub fn host_at(&self, address: std::net::IpAddr) -> Option<HostId> {
        self.hosts.at(address)
    }

    fn process_named(&self, named: &Named<'_>, host: HostId, time: Timestamp) -> Attribution {
        if named.pid.is_none() && named.image.is_none() {
            return Attribution::default();
        }
        let mut attribution = decide(vec![named.claim(time)], host, (time, time), &self.processes);
        let start = Start {
            host: Some(host),
            time: Some(time),
            seen: true,
            by_packets: false,
            answered: None,
        };
        reasons::explain(&mut attribution, &self.coverage, start);
        attribution
    }
}
