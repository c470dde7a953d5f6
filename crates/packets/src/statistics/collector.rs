//! One worker's part of all statistics.

use std::net::IpAddr;

use whotalks_record::{ApplicationProtocol, IpProtocol, Nanoseconds, Packet};
use whotalks_session::Fragments;
use whotalks_session::streams::pdus::Payload;
use whotalks_session::streams::{Moment, Settings, Streams, TcpSegment};
use whotalks_wire::Stop;
use whotalks_wire::app::dns;
use whotalks_wire::dissect::Dissected;
use whotalks_wire::link::MacAddress;
use whotalks_wire::transport::tcp::Flags;

use super::applications::Messages;
use super::counted::Counted;
use super::destinations::Destinations;
use super::digest::{Digest, Item, Piece, Role, Target};
use super::expert::{Expert, Remark};
use super::hierarchy::Hierarchy;
use super::lengths::Lengths;
use super::pairs::Pairs;
use super::part::Part;
use super::question::{Question, Statistic};
use super::shown::{Shown, ShownSets};
use super::streams::{Carried as CarriedOver, Counters, since};
use super::totals::{Totals, Volume};
use super::traffic::Traffic;
use crate::frame::{Carried, Layers, Other, Shape, Summary, layers, quick_summary, range_of};
use crate::pass::{Batch, Work};

/// What is answered from what applications say.
const READ_FROM_MESSAGES: [Statistic; 5] = [
    Statistic::Hierarchy,
    Statistic::Conversations,
    Statistic::Dns,
    Statistic::Http,
    Statistic::Tls,
];
/// What is answered without looking into packets.
const OF_WHOLE_PACKETS: [Statistic; 2] = [Statistic::Lengths, Statistic::Traffic];

/// Bytes that all workers hold for the messages of streams: those of half a million streams that are open at once, and what some of them
/// have not completed. With them, five million streams stay below a gibibyte; what is not read is counted.
const MOST_REASSEMBLY_BYTES: usize = 40 << 20;

/// Which packet of a batch.
#[derive(Debug, Clone, Copy)]
struct Place {
    index: u32,
    /// Its number in the capture.
    number: u64,
    /// Since the start of the capture.
    at: Nanoseconds,
}

/// What one worker counts. Whatever does not depend on the order of packets is counted by the worker that reads them; the
/// rest by the owner of the stream or the destination.
pub(super) struct Collector {
    pub(super) question: Question,
    pub(super) worker: usize,
    pub(super) workers: usize,
    pub(super) totals: Totals,
    pub(super) lengths: Lengths,
    pub(super) traffic: Traffic,
    pub(super) ethernet: Pairs<MacAddress>,
    /// Addresses of packets that belong to no TCP or UDP stream.
    pub(super) internet: Pairs<IpAddr>,
    pub(super) hierarchy: Hierarchy,
    pub(super) expert: Expert,
    pub(super) destinations: Destinations,
    pub(super) streams: Streams<Counters>,
    /// What the counters of the streams have no room for.
    pub(super) carried: CarriedOver,
    /// Packets of streams that are not kept, since there are too many.
    pub(super) left_out: u64,
    pub(super) messages: Messages,
    pub(super) fragments: Fragments,
    pub(super) counted: Counted,
    /// Something is asked that the packets' lengths and times do not tell.
    reads_headers: bool,
    reads_messages: bool,
    pub(super) counts_pairs: bool,
    pub(super) counts_destinations: bool,
    /// The headers of the packet at hand.
    layers: Layers,
    pub(super) shown: ShownSets,
    /// Frames of the batch at hand by what they show and their stack of protocols, and the first of each.
    by_stack: Vec<Vec<(Volume, u64)>>,
}

impl Collector {
    pub(super) fn new(question: Question, worker: usize, workers: usize) -> Self {
        let settings = Settings {
            reassembly_bytes: MOST_REASSEMBLY_BYTES,
            ..Settings::default()
        };
        Self {
            question,
            worker,
            workers,
            totals: Totals::default(),
            lengths: Lengths::default(),
            traffic: Traffic::new(question.interval),
            ethernet: Pairs::shared_by(workers),
            internet: Pairs::shared_by(workers),
            hierarchy: Hierarchy::default(),
            expert: Expert::default(),
            destinations: Destinations::shared_by(workers),
            streams: Streams::new(settings.shared_by(workers)),
            carried: CarriedOver::default(),
            left_out: 0,
            messages: Messages::new(question, workers),
            fragments: Fragments::default(),
            counted: Counted::default(),
            reads_headers: Statistic::ALL
                .iter()
                .any(|statistic| question.wants(*statistic) && !OF_WHOLE_PACKETS.contains(statistic)),
            reads_messages: question.wants_any(&READ_FROM_MESSAGES),
            counts_pairs: question.wants_any(&[Statistic::Conversations, Statistic::Endpoints]),
            counts_destinations: question.wants(Statistic::Destinations),
            layers: Layers::default(),
            shown: ShownSets::default(),
            by_stack: Vec::new(),
        }
    }

    /// Whether the packet at hand counts for its pair of addresses.
    pub(super) fn wants_pairs(&self) -> bool {
        self.counted.now && self.counts_pairs
    }

    /// Whether the packet at hand counts for its destination.
    pub(super) fn wants_destinations(&self) -> bool {
        self.counted.now && self.counts_destinations
    }

    /// Counts what every packet has.
    #[inline]
    fn count(&mut self, packet: &Packet<'_>, number: u64, at: Nanoseconds) {
        self.totals.add(packet, number);
        self.lengths.add(packet.original_length);
        self.traffic.add(at, packet.original_length);
    }

    /// Summarises a packet of the usual kind; false if it is none.
    #[inline]
    fn quick(&mut self, packet: &Packet<'_>, place: Place, digest: &mut Digest) -> bool {
        let Some((shape, summary)) = quick_summary(packet) else {
            return false;
        };
        if self.counts_pairs
            && let Some((destination, rest)) = packet.data.split_first_chunk()
            && let Some(source) = rest.first_chunk()
        {
            let (source, destination) = (MacAddress(*source), MacAddress(*destination));
            self.ethernet
                .add(source, destination, place.number, packet.original_length, place.at);
        }
        self.push(&summary, place, Shape::index(shape) as u32, 0, digest);
        true
    }

    /// Hands a packet's own header to the owner of its stream, and of its destination.
    #[inline]
    fn push(&self, summary: &Summary, place: Place, stack: u32, layer: u8, digest: &mut Digest) {
        digest.push(Item {
            packet: place.index,
            stack,
            role: Role::Own,
            layer,
            summary: *summary,
        });
        self.target(summary, place, digest);
    }

    #[inline]
    fn target(&self, summary: &Summary, place: Place, digest: &mut Digest) {
        if self.wants_destinations() {
            digest.push_target(Target {
                address: summary.ends.destination,
                protocol: summary.protocol,
                port: summary.ends.ports.destination,
                at: place.at,
            });
        }
    }

    /// Summarises any other packet.
    fn long(&mut self, packet: &Packet<'_>, place: Place, digest: &mut Digest) {
        let mut seen = std::mem::take(&mut self.layers);
        let dissected = layers(packet, &mut seen);
        self.note_stop(dissected.stop, place.number);
        if !self.fragment(packet, place, &seen, &dissected, digest) {
            self.headers(packet, place, &seen, &dissected, digest);
        }
        self.layers = seen;
    }

    fn headers(
        &mut self,
        packet: &Packet<'_>,
        place: Place,
        seen: &Layers,
        dissected: &Dissected<'_>,
        digest: &mut Digest,
    ) {
        let summary = Summary::of_dissected(packet.data, dissected);
        let in_stream = summary.filter(|summary| matches!(summary.carried, Carried::Tcp(_) | Carried::Udp));
        self.addresses(packet, place, seen, in_stream.is_some());
        let stack = digest.stack(&seen.names);
        let mut before = [0u8; 2];
        for other in seen.others.iter().filter(|other| !other.is_quoted) {
            digest.push(outer(place.index, stack, other, &mut before));
        }
        match (in_stream, summary) {
            (Some(own), _) => {
                let layer = before.get(usize::from(own.protocol == IpProtocol::TCP)).copied();
                self.push(&own, place, stack, layer.unwrap_or_default(), digest);
            }
            (None, summary) => {
                let volume = Volume {
                    packets: 1,
                    bytes: packet.original_length.into(),
                };
                if self.counted.now {
                    self.hierarchy.add(&seen.names, place.number, volume);
                }
                if let Some(summary) = summary {
                    self.target(&summary, place, digest);
                }
            }
        }
        for other in seen.others.iter().filter(|other| other.is_quoted) {
            digest.push(outer(place.index, stack, other, &mut before));
        }
    }

    /// Hands a fragment to all workers; false if the packet is none.
    fn fragment(
        &mut self,
        packet: &Packet<'_>,
        place: Place,
        seen: &Layers,
        dissected: &Dissected<'_>,
        digest: &mut Digest,
    ) -> bool {
        let Some(ip) = dissected.ip() else { return false };
        let Some(fragment) = ip.fragment.filter(|fragment| !fragment.is_atomic()) else {
            return false;
        };
        self.hardware_addresses(packet, place, seen);
        // What lies above IP is known once the datagram is whole.
        let network = seen.names.iter().rposition(|name| matches!(*name, "ip" | "ipv6"));
        let names = seen.names.get(..network.map_or(0, |network| network + 1));
        let stack = digest.stack(names.unwrap_or_default());
        digest.push_fragment(Piece {
            packet: place.index,
            stack,
            ip: *ip,
            fragment,
            data: range_of(packet.data, dissected.fragment),
        });
        true
    }

    fn hardware_addresses(&mut self, packet: &Packet<'_>, place: Place, seen: &Layers) {
        if !self.wants_pairs() {
            return;
        }
        for (source, destination) in &seen.ethernet {
            self.ethernet
                .add(*source, *destination, place.number, packet.original_length, place.at);
        }
    }

    /// Counts the pairs of addresses that no stream counts.
    fn addresses(&mut self, packet: &Packet<'_>, place: Place, seen: &Layers, in_stream: bool) {
        if !self.wants_pairs() {
            return;
        }
        self.hardware_addresses(packet, place, seen);
        let sent = seen.others.iter().filter(|other| !other.is_quoted).count();
        let counted_by_streams = sent + usize::from(in_stream);
        let rest = seen.internet.len().saturating_sub(counted_by_streams);
        for (source, destination) in seen.internet.iter().take(rest) {
            self.internet
                .add(*source, *destination, place.number, packet.original_length, place.at);
        }
    }

    fn note_stop(&mut self, stop: Option<Stop>, number: u64) {
        match stop.filter(|_| self.counted.now) {
            Some(Stop::Malformed { .. } | Stop::TooDeep { .. }) => self.expert.add(Remark::Malformed, number),
            Some(Stop::Short(_)) => self.expert.add(Remark::CutShort, number),
            Some(Stop::Unknown { .. }) | None => {}
        }
    }

    /// Takes a transport header to its stream; gives the number of what its packet shows.
    #[inline]
    pub(super) fn stream(&mut self, item: &Item, packet: &Packet<'_>, number: u64) -> usize {
        let moment = Moment {
            frame: number.try_into().unwrap_or(u32::MAX),
            time: packet.timestamp.unwrap_or_default(),
        };
        match (item.role, item.summary.carried) {
            (Role::Quoted, Carried::Tcp(_)) => {
                self.streams.quoted_tcp(moment, item.layer, &item.summary.ends);
                0
            }
            (Role::Quoted, _) => {
                self.streams.udp(moment, item.layer, &item.summary.ends);
                0
            }
            (_, Carried::Tcp(_)) => self.tcp(item, packet, moment).unwrap_or_default(),
            _ => self.udp(item, packet, moment).unwrap_or_default(),
        }
    }

    #[inline]
    fn tcp(&mut self, item: &Item, packet: &Packet<'_>, moment: Moment) -> Option<usize> {
        let header = item.summary.tcp_header(packet.data)?;
        let segment = TcpSegment {
            header,
            wire_bytes: header.header_bytes().saturating_add(item.summary.payload.wire_bytes),
            payload: item.summary.payload.of(packet.data),
        };
        let Some(mut frame) = self.streams.tcp(moment, item.layer, &item.summary.ends, &segment) else {
            self.left_out += 1;
            return None;
        };
        let counts = self.counted.in_stream(IpProtocol::TCP, frame.number, moment.time);
        if counts {
            if let Some(full) = frame.data.add(frame.way, packet.original_length) {
                self.carried.add(IpProtocol::TCP, frame.number, frame.way, full);
            }
            if let Some(analysis) = &frame.analysis {
                frame.data.retransmissions += u32::from(analysis.findings.is_any_retransmission());
                self.expert.add_findings(analysis.findings, moment.frame.into());
            }
            if header.flags().has(Flags::RST) {
                self.expert.add(Remark::Reset, moment.frame.into());
            }
        }
        if !self.reads_messages {
            return None;
        }
        let mut shown = Shown::default();
        let messages = &mut self.messages;
        let seen = frame.reader.read(&segment, |pdu| {
            shown.note_form(pdu);
            if counts {
                messages.message(pdu, moment.frame.into());
            }
        });
        seen.applications.iter().for_each(|protocol| shown.add(protocol));
        let (protocol, by) = frame.reader.carries();
        if is_data(seen.payload, protocol) && seen.applications.is_empty() {
            shown.add(ApplicationProtocol::Unknown);
        }
        frame.data.recognise(protocol, by);
        Some(self.shown.number(&shown))
    }

    #[inline]
    fn udp(&mut self, item: &Item, packet: &Packet<'_>, moment: Moment) -> Option<usize> {
        let Some(mut frame) = self.streams.udp(moment, item.layer, &item.summary.ends) else {
            self.left_out += 1;
            return None;
        };
        let counts = self.counted.in_stream(IpProtocol::UDP, frame.number, moment.time);
        if counts && let Some(full) = frame.data.add(frame.way, packet.original_length) {
            self.carried.add(IpProtocol::UDP, frame.number, frame.way, full);
        }
        if !self.reads_messages || item.role != Role::Own {
            return None;
        }
        let range = item.summary.payload;
        let mut shown = Shown::default();
        if let Some(pdu) = frame.reader.read(range.of(packet.data), range.wire_bytes) {
            let ports = item.summary.ends.ports;
            let protocol = match pdu.protocol {
                ApplicationProtocol::Dns => dns::flavour([ports.source, ports.destination]),
                other => other,
            };
            frame.data.recognise(protocol, frame.reader.recognised_by());
            shown.add(protocol);
            let counted = counts.then_some(moment.frame.into());
            self.messages
                .datagram(&pdu, frame.number, &mut frame.data.hello, counted);
        } else if range.captured_bytes > 0 {
            shown.add(ApplicationProtocol::Unknown);
        }
        Some(self.shown.number(&shown))
    }

    /// Counts a packet under its stack of protocols.
    #[inline]
    fn count_stack(&mut self, shown: usize, item: &Item, stacks: usize, bytes: u32, number: u64) {
        while self.by_stack.len() <= shown {
            self.by_stack.push(Vec::new());
        }
        let Some(counts) = self.by_stack.get_mut(shown) else {
            return;
        };
        if counts.is_empty() {
            counts.resize(stacks, (Volume::default(), u64::MAX));
        }
        if let Some((volume, first)) = counts.get_mut(item.stack as usize) {
            volume.add(bytes);
            *first = (*first).min(number);
        }
    }

    fn put_away_stacks(&mut self, digest: &Digest) {
        let mut whole = Vec::new();
        for (number, counts) in self.by_stack.iter_mut().enumerate() {
            let names = self.shown.names(number);
            for (stack, (volume, first)) in digest.stacks().iter().zip(counts.drain(..)) {
                if volume.packets > 0 {
                    whole.clear();
                    whole.extend_from_slice(stack);
                    whole.extend_from_slice(&names);
                    self.hierarchy.add(&whole, first, volume);
                }
            }
        }
    }
}

/// Whether a segment shows nothing but data: what waits to be recognised is no part of a message yet.
#[inline]
fn is_data(payload: Payload, protocol: ApplicationProtocol) -> bool {
    match payload {
        Payload::Unknown => true,
        Payload::Begins | Payload::Waiting => protocol == ApplicationProtocol::Unknown,
        Payload::Nothing | Payload::Pdus(_) => false,
    }
}

/// The item of a header that is not the packet's own.
fn outer(index: u32, stack: u32, other: &Other, before: &mut [u8; 2]) -> Item {
    let mut layer = 0;
    if let Some(count) = before.get_mut(usize::from(other.is_tcp)) {
        layer = *count;
        *count = count.saturating_add(1);
    }
    Item {
        packet: index,
        stack,
        role: if other.is_quoted { Role::Quoted } else { Role::Outer },
        layer,
        summary: Summary::without_payload(other.ends, other.is_tcp),
    }
}

impl Work for Collector {
    type Summary = Digest;
    type Outcome = Part;

    fn summarise(&mut self, batch: &Batch, digest: &mut Digest) {
        digest.begin(self.workers);
        let start = batch.start();
        self.totals.start = self.totals.start.or(start);
        if batch.is_filtered() {
            self.totals.set_filtered();
        }
        for (index, packet) in (0..).zip(batch.packets()) {
            let place = Place {
                index,
                number: batch.number(index as usize),
                at: since(start, packet.timestamp),
            };
            if self.counted.turn_to(batch, index as usize) {
                self.count(&packet, place.number, place.at);
            }
            if self.reads_headers && !self.quick(&packet, place, digest) {
                self.long(&packet, place, digest);
            }
        }
    }

    fn take(&mut self, batch: &Batch, digest: &Digest) {
        // A worker may never have summarised a batch.
        self.totals.start = self.totals.start.or(batch.start());
        let mut pieces = digest.fragments().iter().peekable();
        for item in digest.items_of(self.worker) {
            while let Some(piece) = pieces.next_if(|piece| piece.packet < item.packet) {
                self.piece(piece, batch, digest);
            }
            let Some(packet) = batch.packet(item.packet as usize) else {
                continue;
            };
            let number = batch.number(item.packet as usize);
            let counts = self.counted.turn_to(batch, item.packet as usize);
            let shown = self.stream(item, &packet, number);
            if item.role == Role::Own && counts {
                self.count_stack(shown, item, digest.stacks().len(), packet.original_length, number);
            }
        }
        pieces.for_each(|piece| self.piece(piece, batch, digest));
        self.put_away_stacks(digest);
        for target in digest.targets_of(self.worker) {
            self.destinations
                .add(target.address, target.protocol, target.port, target.at);
        }
    }

    fn finish(self) -> Part {
        Part::of(self)
    }
}
