//! Which processes the capturing host names for the packets of each open flow: macOS does, in PKTAP headers and in pcapng.

use std::collections::HashMap;

use foldhash::quality::RandomState;
use whotalks_record::{
    Direction, Endpoint, EvidenceId, FlowId, Interner, Issue, IssueKind, LinkType, NamedProcess, Packet, PacketOwner,
    PacketProcess, Pid, SourceKind, SourceRange, Span, Text, Timestamp, maybe_cut,
};
use whotalks_wire::dissect::Ip;
use whotalks_wire::link::pktap;
use whotalks_wire::transport::Ports;

/// Processes that are told apart in one flow: a socket that is handed on has two or three.
const MOST_OWNERS_OF_FLOW: usize = 8;
/// Processes of all open flows that are kept; one takes about 200 bytes.
const MOST_OWNERS: usize = 262_144;

/// The processes of the flows that are open. It is empty, and costs nothing, where no packet names any.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    of_flow: HashMap<FlowId, Vec<PacketOwner>, RandomState>,
    kept: usize,
    dropped: u64,
    covered: Covered,
}

/// Packets that name a process.
#[derive(Debug, Default)]
struct Covered {
    packets: u64,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

/// The flow and the ends of a packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends<'a> {
    pub(crate) flow: FlowId,
    pub(crate) ip: &'a Ip,
    pub(crate) ports: Ports,
}

impl Owners {
    /// Notes the processes of a packet. Without a direction it is not known which end they are at.
    pub(crate) fn note(&mut self, told: &PacketProcess, packet: &Packet<'_>, ends: Ends<'_>) {
        let Some(owner) = owner(told, packet, ends) else { return };
        self.covered.add(packet.timestamp);
        let known = self.of_flow.entry(ends.flow).or_default();
        if let Some(same) = known.iter_mut().find(|known| is_same(known, &owner)) {
            join(same, owner);
        } else if known.len() < MOST_OWNERS_OF_FLOW && self.kept < MOST_OWNERS {
            known.push(owner);
            self.kept += 1;
        } else {
            self.dropped += 1;
        }
    }

    /// The processes of a flow that ends, in the order in which they were first named.
    pub(crate) fn take(&mut self, flow: FlowId) -> Vec<PacketOwner> {
        if self.of_flow.is_empty() {
            return Vec::new();
        }
        let owners = self.of_flow.remove(&flow).unwrap_or_default();
        self.kept -= owners.len();
        owners
    }

    /// Which time the packets cover that name a process; none where none does.
    pub(crate) fn range(&self, evidence: EvidenceId) -> Option<SourceRange> {
        (self.covered.packets > 0).then_some(SourceRange {
            evidence,
            source: SourceKind::PacketProcesses,
            host: None,
            interface: None,
            first: self.covered.first,
            last: self.covered.last,
            units: self.covered.packets,
            lost: None,
            clock: None,
            session: None,
        })
    }

    /// What was not kept.
    pub(crate) fn bound_reached(&self, evidence: EvidenceId) -> Option<Issue> {
        let kind = IssueKind::BoundReached {
            bound: "session.packet_owners",
            limit: MOST_OWNERS as u64,
            count: self.dropped,
        };
        let span = Span::whole(evidence);
        (self.dropped > 0).then_some(Issue { span, kind })
    }
}

impl Covered {
    fn add(&mut self, time: Option<Timestamp>) {
        self.packets += 1;
        self.first = earlier(self.first, time);
        self.last = self.last.max(time);
    }
}

/// What the header in front of a packet (macOS PKTAP) says of processes; none for a frame without such a header.
#[inline]
pub fn process_in_header(link_type: LinkType, frame: &[u8], texts: &mut Interner) -> Option<PacketProcess> {
    let header = pktap::outermost(link_type, frame)?;
    let mut named = |pid, name: Option<&[u8]>| {
        let name = name.map(|name| texts.share(&maybe_cut(name, NamedProcess::CUT_NAME_BYTES)));
        NamedProcess::new(pid, name)
    };
    Some(PacketProcess {
        direction: header.direction(),
        process: named(header.process_id(), header.command()),
        effective: named(header.effective_process_id(), header.effective_command()),
    })
}

fn owner(told: &PacketProcess, packet: &Packet<'_>, ends: Ends<'_>) -> Option<PacketOwner> {
    let source = Endpoint::new(ends.ip.source, ends.ports.source);
    let destination = Endpoint::new(ends.ip.destination, ends.ports.destination);
    let is_sent = told.direction? == Direction::Outbound;
    let (local, remote) = if is_sent {
        (source, destination)
    } else {
        (destination, source)
    };
    let (pid, image) = parts(told.process.as_ref());
    let effective = told
        .effective
        .as_ref()
        .filter(|one| Some(*one) != told.process.as_ref());
    let (effective_pid, effective_image) = parts(effective);
    let is_somebody = told.process.is_some() || effective.is_some();
    is_somebody.then_some(PacketOwner {
        span: packet.span,
        flow: ends.flow,
        protocol: ends.ip.protocol,
        local,
        remote,
        time: packet.timestamp,
        last: packet.timestamp,
        pid,
        image,
        effective_pid,
        effective_image,
        sent_packets: is_sent.into(),
        received_packets: (!is_sent).into(),
    })
}

fn parts(process: Option<&NamedProcess>) -> (Option<Pid>, Option<Text>) {
    let pid = process.and_then(|process| process.pid);
    (pid, process.and_then(|process| process.image.clone()))
}

/// Whether two packets name the same processes at the same end.
fn is_same(one: &PacketOwner, other: &PacketOwner) -> bool {
    let of = |owner: &PacketOwner| (owner.local, owner.remote, owner.pid, owner.effective_pid);
    of(one) == of(other)
        && is_same_name(one.image.as_deref(), other.image.as_deref())
        && is_same_name(one.effective_image.as_deref(), other.effective_image.as_deref())
}

fn is_same_name(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return one == other;
    };
    let begins = |long: &str, short: &str| {
        let whole = short.trim_end_matches('…');
        whole.len() >= NamedProcess::CUT_NAME_BYTES && long.starts_with(whole)
    };
    one == other || begins(one, other) || begins(other, one)
}

/// Adds a later packet of the same processes.
fn join(known: &mut PacketOwner, later: PacketOwner) {
    if known.sent_packets == 0 && later.sent_packets > 0 {
        (known.span, known.time) = (later.span, later.time);
    }
    known.last = known.last.max(later.last);
    known.sent_packets += later.sent_packets;
    known.received_packets += later.received_packets;
    take_longer(&mut known.image, later.image);
    take_longer(&mut known.effective_image, later.effective_image);
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn take_longer(known: &mut Option<Text>, later: Option<Text>) {
    if later.as_ref().map(|later| later.len()) > known.as_ref().map(|known| known.len()) {
        *known = later;
    }
}
