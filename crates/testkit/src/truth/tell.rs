//! Tells the truth about a scenario.

use super::evidence::{
    FirewallSighting, FlowEvidence, LogRange, ProcessEvidence, RecordReference, SocketSighting, TraceRange,
    TraceSighting,
};
use super::{
    FlowDecision, FlowDirection, FlowProcess, Protocol, TrueFilter, TrueFinding, TrueFindingKind, TrueFlow, TrueHost,
    TrueLookup, TruePacketDrop, TrueProcess, Truth,
};
use crate::events::trace::{RequestPart, TraceAbout};
use crate::events::{About, LogEvent, full_name, security_log, sysmon_log};
use crate::scenario::model::{
    Decision, Direction, DnsLookup, Finding, FindingKind, Flow, Host, LookupPath, NameShown, Packet, Process,
    ProcessIndex, Scenario, Transport,
};
use crate::scenario::{LogBegin, loss};
use crate::sockets::{SocketRow, rows};
use crate::sources::{SourceKind, Sources};
use crate::write::etl::{Traced, traced};
use crate::write::{firewall, pcapng, tasklist, written_sources};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The truth about a scenario that is written with these sources.
#[must_use]
pub fn truth(scenario: &Scenario, sources: &Sources) -> Truth {
    let written = written_sources(scenario, sources);
    let mut truth = Truth {
        seed: scenario.seed,
        knobs: scenario.knobs.clone(),
        capture_begins_ns: scenario.capture.begins_ns,
        capture_ends_ns: scenario.capture.ends_ns,
        snapshot_ns: scenario.snapshot_ns,
        filters_ns: scenario.filters_ns,
        clock_skew_ns: BTreeMap::new(),
        hosts: Vec::new(),
        processes: Vec::new(),
        flows: Vec::new(),
        lookups: Vec::new(),
        packet_drops: Vec::new(),
        findings: Vec::new(),
        sources: written.clone(),
    };
    for host in &scenario.hosts {
        let view = View::new(scenario, host, &written);
        view.tell(&mut truth);
    }
    truth
}

/// Writes the truth as JSON.
///
/// # Errors
/// Whatever the file system reports.
pub fn write_truth(scenario: &Scenario, sources: &Sources, path: &Path) -> io::Result<()> {
    let json = serde_json::to_vec_pretty(&truth(scenario, sources)).map_err(io::Error::other)?;
    fs::write(path, json)
}

/// One host with what is written about it.
struct View<'a> {
    scenario: &'a Scenario,
    host: &'a Host,
    written: &'a Sources,
    security: Log,
    sysmon: Log,
    sockets: Vec<SocketRow>,
    trace: Option<Traced>,
}

impl<'a> View<'a> {
    fn new(scenario: &'a Scenario, host: &'a Host, written: &'a Sources) -> Self {
        let shows = |kind| host.observed && written.contains(kind);
        Self {
            scenario,
            host,
            written,
            security: if shows(SourceKind::Evtx) {
                Log::new(security_log(scenario, host))
            } else {
                Log::default()
            },
            sysmon: if shows(SourceKind::Sysmon) {
                Log::new(sysmon_log(scenario, host))
            } else {
                Log::default()
            },
            sockets: if shows(SourceKind::Netstat) {
                rows(host, scenario.snapshot_ns)
            } else {
                Vec::new()
            },
            trace: shows(SourceKind::Etl).then(|| traced(scenario, host)),
        }
    }

    fn shows(&self, kind: SourceKind) -> bool {
        self.host.observed && self.written.contains(kind)
    }

    /// Whether packets were written, in whichever form.
    fn captures(&self) -> bool {
        self.shows(SourceKind::Pcap) || self.shows(SourceKind::Etlpackets)
    }

    /// Whether an event about it is left in the trace.
    fn traces(&self, about: TraceAbout) -> bool {
        self.trace.as_ref().is_some_and(|trace| trace.told.contains(&about))
    }

    /// Whether an event about it was written into the trace and lost.
    fn lost(&self, about: TraceAbout) -> bool {
        self.trace.as_ref().is_some_and(|trace| trace.gone.contains(&about))
    }

    fn tell(&self, truth: &mut Truth) {
        let clocked = SourceKind::ALL.into_iter().filter(|kind| self.shows(*kind));
        for kind in clocked {
            let skew_ns = if kind == SourceKind::Pcap { 0 } else { self.host.skew_ns };
            truth
                .clock_skew_ns
                .insert(format!("{}@{}", kind.file_name(), self.host.name), skew_ns);
        }
        truth.hosts.push(self.host());
        truth.processes.extend(
            self.host
                .processes
                .iter()
                .enumerate()
                .map(|(index, process)| self.process(index, process)),
        );
        truth.flows.extend(self.host.flows.iter().map(|flow| self.flow(flow)));
        truth.lookups.extend(
            self.host
                .lookups
                .iter()
                .enumerate()
                .map(|(index, lookup)| self.lookup(index, lookup)),
        );
        truth.packet_drops.extend(self.packet_drops());
        truth
            .findings
            .extend(self.host.findings.iter().map(|finding| self.finding(finding)));
    }

    fn host(&self) -> TrueHost {
        let captured = pcapng::captured_packets(self.scenario, self.host).len() as u64;
        let capture = self.captures();
        TrueHost {
            name: self.host.name.clone(),
            addresses: self.host.addresses().iter().map(ToString::to_string).collect(),
            utc_offset_seconds: self.host.utc_offset_seconds,
            observed: self.host.observed,
            boot_ns: self.host.boot_ns,
            reboot_ns: self.host.reboot_ns,
            security_log: self.security.range(self.host),
            sysmon_log: self.sysmon.range(self.host),
            packets_captured: capture.then_some(captured),
            packets_dropped: capture.then(|| loss::dropped(self.host, self.scenario.capture)),
            trace: self.trace.as_ref().map(|trace| TraceRange {
                begins_ns: trace.begins_ns,
                lost: trace.lost,
            }),
        }
    }

    fn process(&self, index: usize, process: &Process) -> TrueProcess {
        let creation_event = self.security.about(About::Start(index));
        let sysmon_event = self.sysmon.about(About::Start(index));
        let listed = self.shows(SourceKind::Tasklist) && process.alive_at(tasklist::taken_ns(self.scenario));
        TrueProcess {
            host: self.host.name.clone(),
            pid: process.pid,
            start_ns: process.start_ns,
            end_ns: process.end_ns,
            image: process.image.clone(),
            command_line: process.command_line.clone(),
            parent_pid: process.parent_pid,
            user: full_name(self.host, process.account),
            services: process.services.clone(),
            evidence: ProcessEvidence {
                creation_event,
                exit_event: self.security.about(About::End(index)),
                sysmon_event,
                in_tasklist: listed,
                command_line_written: sysmon_event.is_some()
                    || (creation_event.is_some() && self.scenario.knobs.command_lines),
                in_trace: self.traces(TraceAbout::Image(index)),
            },
        }
    }

    fn flow(&self, flow: &Flow) -> TrueFlow {
        let counted = self.count(flow);
        let filter = flow.filter.and_then(|index| self.host.filters.get(index));
        let proxied = flow.proxy_target.is_some();
        TrueFlow {
            id: flow.id,
            host: self.host.name.clone(),
            protocol: if flow.transport == Transport::Tcp {
                Protocol::Tcp
            } else {
                Protocol::Udp
            },
            local: flow.local.to_string(),
            remote: flow.remote.to_string(),
            direction: direction(flow.direction),
            first_ns: flow.first_ns,
            last_ns: flow.last_ns,
            in_capture: counted.packets_sent + counted.packets_received > 0,
            packets_sent: counted.packets_sent,
            packets_received: counted.packets_received,
            bytes_sent: counted.bytes_sent,
            bytes_received: counted.bytes_received,
            process: self.flow_process(flow.process, flow.service.clone()),
            name: flow.name.clone(),
            address_name: self.address_name(flow).filter(|_| proxied),
            proxy_target: flow.proxy_target.clone(),
            relayed_for: flow.relayed_for.map(|client| self.flow_process(client, None)),
            decision: if flow.decision == Decision::Allowed {
                FlowDecision::Allowed
            } else {
                FlowDecision::Blocked
            },
            filter: filter.map(|filter| TrueFilter {
                id: filter.id,
                name: filter.name.clone(),
                origin: filter.origin.clone(),
            }),
            ingredient: flow.ingredient.to_owned(),
            evidence: self.flow_evidence(flow),
        }
    }

    fn flow_process(&self, index: ProcessIndex, service: Option<String>) -> FlowProcess {
        let process = self.host.process(index);
        FlowProcess {
            pid: process.map_or(0, |process| process.pid),
            image: process.map_or_else(String::new, |process| process.image.clone()),
            service,
            start_ns: process.map_or(0, |process| process.start_ns),
        }
    }

    /// The name that was looked up for the address.
    fn address_name(&self, flow: &Flow) -> Option<String> {
        let answers = |lookup: &&DnsLookup| lookup.addresses.contains(&flow.remote.ip());
        self.host.lookups.iter().find(answers).map(|lookup| lookup.name.clone())
    }

    fn count(&self, flow: &Flow) -> Counted {
        let mut counted = Counted::default();
        if !self.captures() {
            return counted;
        }
        for packet in flow.captured(self.scenario.capture) {
            let (packets, bytes) = if packet.from_local {
                (&mut counted.packets_sent, &mut counted.bytes_sent)
            } else {
                (&mut counted.packets_received, &mut counted.bytes_received)
            };
            *packets += 1;
            *bytes += u64::from(packet.frame.ip_bytes);
        }
        counted
    }

    fn flow_evidence(&self, flow: &Flow) -> FlowEvidence {
        let capture = self.scenario.capture;
        let decision_event = self.security.about(About::Connection(flow.id));
        let range = self.security.range(self.host);
        let missing = decision_event.is_none() && range.is_some();
        let before_log = range.is_some_and(|range| flow.first_ns < range.begins_ns);
        let naming = || flow.packets.iter().filter(|packet| packet.names);
        let kept = naming()
            .filter(|packet| !packet.lost && capture.contains(packet.time_ns) && self.is_whole(packet))
            .count();
        let readable = naming().count() == kept && kept > 0 && self.captures();
        let shown = flow.name_shown == NameShown::Plainly;
        FlowEvidence {
            decision_event,
            bind_event: self.security.about(About::Bind(flow.id)),
            listener_event: self.listener_event(flow),
            event_lost: missing && !before_log,
            event_before_log: missing && before_log,
            sysmon_event: self.sysmon.about(About::Connection(flow.id)),
            socket: self.socket(flow),
            name_in_packets: shown && readable,
            name_encrypted: flow.name_shown == NameShown::Encrypted,
            name_packets_missing: shown && !readable,
            began_before_capture: flow.first_ns < capture.begins_ns,
            packets_lost: flow
                .packets
                .iter()
                .filter(|packet| packet.lost && capture.contains(packet.time_ns))
                .count() as u64,
            trace: self.trace_sighting(flow.id),
            firewall: self.shows(SourceKind::Firewall).then(|| {
                let row = firewall::row_of(flow);
                FirewallSighting {
                    decides: row.decides,
                    owned: row.owned,
                }
            }),
        }
    }

    fn trace_sighting(&self, flow: u32) -> TraceSighting {
        let opening = self.traces(TraceAbout::Opening(flow));
        let standing = self.traces(TraceAbout::Standing(flow));
        let request = |part| self.traces(TraceAbout::Request(flow, part));
        let asked = request(RequestPart::Tls) || request(RequestPart::Url) && request(RequestPart::Assigned);
        let both_ends = request(RequestPart::BothEnds);
        let listed_with_owner = self.traces(TraceAbout::Listed { flow, owned: true });
        TraceSighting {
            owner: opening || standing || both_ends || self.traces(TraceAbout::Owner(flow)),
            opening,
            standing,
            named: self.traces(TraceAbout::Name(flow)),
            requested: both_ends && request(RequestPart::Url),
            requested_of_far_end: asked && request(RequestPart::FarEnd),
            listed: listed_with_owner || self.traces(TraceAbout::Listed { flow, owned: false }),
            listed_with_owner,
            opening_lost: self.lost(TraceAbout::Opening(flow)) || self.lost(TraceAbout::Standing(flow)),
        }
    }

    /// Whether the capture keeps all bytes of a packet.
    fn is_whole(&self, packet: &Packet) -> bool {
        let snap_length = self.scenario.knobs.snap_length;
        snap_length.is_none_or(|most| packet.frame.bytes.len() as u64 <= u64::from(most))
    }

    fn listener_event(&self, flow: &Flow) -> Option<RecordReference> {
        let accepted = flow.direction == Direction::Inbound && flow.transport == Transport::Tcp;
        accepted
            .then(|| self.security.about(About::Listener(flow.local.port())))
            .flatten()
    }

    fn socket(&self, flow: &Flow) -> Option<SocketSighting> {
        let own = self.sockets.iter().find(|row| row.flow == Some(flow.id));
        let accepts = |row: &&SocketRow| {
            row.flow.is_none()
                && (flow.direction == Direction::Inbound || flow.transport == Transport::Udp)
                && row.transport == flow.transport
                && row.local.port() == flow.local.port()
                && row.local.is_ipv4() == flow.local.is_ipv4()
        };
        let row = own.or_else(|| self.sockets.iter().find(accepts))?;
        let process = row.process.and_then(|index| self.host.process(index));
        let owners = self.scenario.knobs.netstat_owners;
        let named = process.filter(|process| owners && process.pid != 4);
        Some(SocketSighting {
            pid: row.pid,
            own_row: own.is_some(),
            owner: named.map(|process| process.file_name().to_owned()),
            service: row.service.clone().filter(|_| named.is_some()),
        })
    }

    fn lookup(&self, index: usize, lookup: &DnsLookup) -> TrueLookup {
        let asker = self.host.process(lookup.asker);
        let carrier = self.host.flows.iter().find(|flow| lookup.carrier() == Some(flow.id));
        let kept = |flow: &Flow| {
            let mut captured = flow.captured(self.scenario.capture);
            captured.any(|packet| !packet.from_local && self.is_whole(packet))
        };
        TrueLookup {
            host: self.host.name.clone(),
            flow: lookup.carrier(),
            from_cache: lookup.path == LookupPath::Cache,
            asker_pid: asker.map_or(0, |process| process.pid),
            asker_start_ns: asker.map_or(0, |process| process.start_ns),
            name: lookup.name.clone(),
            aliases: lookup.aliases.clone(),
            addresses: lookup.addresses.iter().map(ToString::to_string).collect(),
            ttl_seconds: lookup.ttl_seconds,
            answered_ns: lookup.answered_ns,
            in_capture: self.captures() && carrier.is_some_and(kept),
            sysmon_record: self
                .sysmon
                .about(About::Lookup(index))
                .map(|reference| reference.record),
            in_trace: self.traces(TraceAbout::Lookup(index)),
        }
    }

    fn packet_drops(&self) -> Vec<TruePacketDrop> {
        let mut records: Vec<(u32, i64, u64)> = Vec::new();
        for event in &self.security.events {
            if let About::Drop(flow) = event.about {
                records.push((flow, event.time_ns - self.host.skew_ns, event.record_id));
            }
        }
        let near = |flow: u32, time_ns: i64| {
            let same = |entry: &&(u32, i64, u64)| entry.0 == flow && (0..1_000_000).contains(&(entry.1 - time_ns));
            records.iter().find(same).map(|entry| entry.2)
        };
        let told = self.host.drops.iter().map(|drop| TruePacketDrop {
            host: self.host.name.clone(),
            flow: drop.flow,
            time_ns: drop.time_ns,
            filter_id: self.host.filters.get(drop.filter).map_or(0, |filter| filter.id),
            record: near(drop.flow, drop.time_ns),
        });
        told.collect()
    }

    fn finding(&self, finding: &Finding) -> TrueFinding {
        let process = self.host.process(finding.process);
        TrueFinding {
            kind: match finding.kind {
                FindingKind::SynSweep => TrueFindingKind::SynSweep,
                FindingKind::LookalikeProcess => TrueFindingKind::LookalikeProcess,
                FindingKind::Beacon => TrueFindingKind::Beacon,
                FindingKind::SystemNameWrongPath => TrueFindingKind::SystemNameWrongPath,
            },
            host: self.host.name.clone(),
            pid: process.map_or(0, |process| process.pid),
            image: process.map_or_else(String::new, |process| process.image.clone()),
            remotes: finding.remotes.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Packets and IP bytes each way.
#[derive(Default)]
struct Counted {
    packets_sent: u64,
    packets_received: u64,
    bytes_sent: u64,
    bytes_received: u64,
}

fn direction(direction: Direction) -> FlowDirection {
    match direction {
        Direction::Outbound => FlowDirection::Outbound,
        Direction::Inbound => FlowDirection::Inbound,
    }
}

/// A log, and where in it each part of the scenario is spoken about first.
#[derive(Default)]
struct Log {
    events: Vec<LogEvent>,
    first: BTreeMap<About, RecordReference>,
}

impl Log {
    fn new(events: Vec<LogEvent>) -> Self {
        let mut first = BTreeMap::new();
        for event in &events {
            first.entry(event.about).or_insert(RecordReference {
                event_id: event.id,
                record: event.record_id,
            });
        }
        Self { events, first }
    }

    fn about(&self, about: About) -> Option<RecordReference> {
        self.first.get(&about).copied()
    }

    fn range(&self, host: &Host) -> Option<LogRange> {
        let (first, last) = (self.events.first()?, self.events.last()?);
        let overwritten = matches!(host.log_begin, LogBegin::Overwritten { .. });
        Some(LogRange {
            first_record: first.record_id,
            last_record: last.record_id,
            begins_ns: first.time_ns - host.skew_ns,
            overwritten: overwritten && first.source.channel == "Security",
            records_lost: (last.record_id - first.record_id + 1).saturating_sub(self.events.len() as u64),
        })
    }
}
