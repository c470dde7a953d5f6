//! What one record says by itself: its host, its time on the reference clock, the process that it names.

use whotalks_record::{
    ConnectionEvent, EvidenceId, Grade, Pid, ProcessEvent, ResolverEvent, Snapshot, Span, Text, Timestamp,
};

use crate::clocks::Clock;
use crate::correlator::Correlator;
use crate::filter::FilterQuestion;
use crate::listings::Listings;
use crate::reasons::Start;
use crate::rules::{Claim, decide};
use crate::{Attribution, FilterAnswer, HostId, ProcessRule, reasons};

/// What the event of a connection, bind or listen says by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct EventAnswer {
    /// The host that logged it.
    pub host: HostId,
    /// When, on the reference clock.
    pub time: Timestamp,
    /// The process that it names.
    pub process: Attribution,
    /// The filter that it names.
    pub filter: Option<FilterAnswer>,
}

/// What the start of a process, or its question for a name, says by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessAnswer {
    /// The host that logged it.
    pub host: HostId,
    /// When, on the reference clock.
    pub time: Timestamp,
    /// The process that asked; the creator of one that started.
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

impl<'a> Correlator<'a> {
    /// What the event of a connection, bind or listen says by itself; none for a host that is not known.
    pub fn told_by(&self, event: &ConnectionEvent) -> Option<EventAnswer> {
        let host = self.hosts.of(event.host.as_ref(), event.span.evidence)?;
        let time = self
            .clocks
            .to_reference(Clock::of_connection(event), Some(host), event.time);
        let named = Named {
            pid: event.pid,
            image: event.image.as_ref(),
            span: event.span,
        };
        Some(EventAnswer {
            host,
            time,
            process: self.process_named(&named, host, time),
            filter: self.filters.resolve(&FilterQuestion { host, event, time }),
        })
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
        let claim = Claim {
            rule: ProcessRule::ExactEvent,
            grade: Grade::Observed,
            pid: named.pid,
            image: named.image.cloned(),
            service: None,
            time,
            stated: time,
            proof: vec![named.span],
        };
        let mut attribution = decide(vec![claim], host, (time, time), &self.processes);
        let start = Start {
            host: Some(host),
            time: Some(time),
            seen: true,
            by_packets: false,
        };
        reasons::explain(&mut attribution, &self.coverage, start);
        attribution
    }
}
