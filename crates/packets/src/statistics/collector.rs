//! One worker's part of all statistics.

use std::net::IpAddr;

use whotalks_record::{ApplicationProtocol, IpProtocol, Nanoseconds, Packet, Timestamp};
use whotalks_session::Fragments;
use whotalks_session::streams::pdus::Payload;
use whotalks_session::streams::{Moment, Settings, Streams};
use whotalks_wire::Stop;
use whotalks_wire::app::dns;
use whotalks_wire::dissect::Dissected;
use whotalks_wire::link::MacAddress;
use whotalks_wire::transport::tcp::Flags;

use super::applications::Messages;
use super::counted::Counted;
use super::destinations::Destinations;
use super::digest::{Digest, Piece, Target};
use super::expert::{Expert, Remark};
use super::hierarchy::Hierarchy;
use super::item::{Item, Place, Role};
use super::lengths::Lengths;
use super::pairs::Pairs;
use super::part::Part;
use super::question::{Question, Statistic};
use super::shown::{Shown, ShownSets};
use super::streams::{Carried as CarriedOver, Counters, since};
use super::totals::{Totals, Volume};
use super::traffic::Traffic;
use crate::frame::{Layers, Shape, Summary, layers, quick_summary, range_of};
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
    pub(super) layers: Layers,
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
    fn count(&mut self, time: Option<Timestamp>, place: &Place) {
        self.totals.add(place.original_bytes, time, place.number);
        self.lengths.add(place.original_bytes);
        self.traffic.add(place.at, place.original_bytes);
    }

    /// Summarises a packet of the usual kind; false if it is none.
    #[inline(always)]
    fn quick(&mut self, packet: &Packet<'_>, place: Place, digest: &mut Digest) -> bool {
        let Some((shape, summary)) = quick_summary(packet.link_type, packet.data) else {
            return false;
        };
        if self.wants_pairs()
            && let Some((destination, rest)) = packet.data.split_first_chunk()
            && let Some(source) = rest.first_chunk()
        {
            let (source, destination) = (MacAddress(*source), MacAddress(*destination));
            self.ethernet
                .add(source, destination, place.number, place.original_bytes, place.at);
        }
        let stack = Shape::index(shape) as u32;
        digest.push(Item::own(&summary, packet.data, place, stack, 0));
        self.target(&summary, place.at, digest);
        true
    }

    /// Hands a packet to the owner of its destination.
    #[inline(always)]
    fn target(&self, summary: &Summary, at: Nanoseconds, digest: &mut Digest) {
        if self.wants_destinations() {
            digest.push_target(Target {
                address: summary.ends.destination,
                protocol: summary.protocol,
                port: summary.ends.ports.destination,
                at,
            });
        }
    }

    /// Summarises any other packet.
    #[cold]
    fn long(&mut self, batch: &Batch, place: Place, digest: &mut Digest) {
        let Some(packet) = batch.packet(place.index as usize) else {
            return;
        };
        let mut seen = std::mem::take(&mut self.layers);
        let dissected = layers(&packet, &mut seen);
        self.note_stop(dissected.stop, place.number);
        if !self.fragment(packet.data, place, &seen, &dissected, digest) {
            self.headers(packet.data, place, &seen, &dissected, digest);
        }
        self.layers = seen;
    }

    fn headers(&mut self, frame: &[u8], place: Place, seen: &Layers, dissected: &Dissected<'_>, digest: &mut Digest) {
        let summary = Summary::of_dissected(frame, dissected);
        let own = summary.as_ref().filter(|summary| summary.is_in_stream());
        if self.wants_pairs() {
            self.hardware_addresses(place, seen);
            self.addresses(place, seen, own.is_some());
        }
        let stack = digest.stack(&seen.names);
        for item in Item::all(seen, own, frame, place, stack) {
            digest.push(item);
        }
        if own.is_none() && self.counted.now {
            self.hierarchy
                .add(&seen.names, place.number, Volume::of_packet(place.original_bytes));
        }
        if let Some(summary) = summary {
            self.target(&summary, place.at, digest);
        }
    }

    /// Hands a fragment to all workers; false if the packet is none.
    fn fragment(
        &mut self,
        frame: &[u8],
        place: Place,
        seen: &Layers,
        dissected: &Dissected<'_>,
        digest: &mut Digest,
    ) -> bool {
        let Some(ip) = dissected.ip() else { return false };
        let Some(fragment) = ip.fragment.filter(|fragment| !fragment.is_atomic()) else {
            return false;
        };
        if self.wants_pairs() {
            self.hardware_addresses(place, seen);
        }
        // What lies above IP is known once the datagram is whole.
        let network = seen.names.iter().rposition(|name| matches!(*name, "ip" | "ipv6"));
        let names = seen.names.get(..network.map_or(0, |network| network + 1));
        let stack = digest.stack(names.unwrap_or_default());
        digest.push_fragment(Piece {
            packet: place.index,
            stack,
            ip: *ip,
            fragment,
            data: range_of(frame, dissected.fragment),
        });
        true
    }

    fn hardware_addresses(&mut self, place: Place, seen: &Layers) {
        for (source, destination) in &seen.ethernet {
            self.ethernet
                .add(*source, *destination, place.number, place.original_bytes, place.at);
        }
    }

    /// Counts the pairs of addresses that no stream counts.
    pub(super) fn addresses(&mut self, place: Place, seen: &Layers, in_stream: bool) {
        let sent = seen.others.iter().filter(|other| !other.is_quoted).count();
        let counted_by_streams = sent + usize::from(in_stream);
        let rest = seen.internet.len().saturating_sub(counted_by_streams);
        for (source, destination) in seen.internet.iter().take(rest) {
            self.internet
                .add(*source, *destination, place.number, place.original_bytes, place.at);
        }
    }

    fn note_stop(&mut self, stop: Option<Stop>, number: u64) {
        match stop.filter(|_| self.counted.now) {
            Some(Stop::Malformed { .. } | Stop::TooDeep { .. }) => self.expert.add(Remark::Malformed, number),
            Some(Stop::Short(_)) => self.expert.add(Remark::CutShort, number),
            Some(Stop::Unknown { .. }) | None => {}
        }
    }

    /// Takes a transport header to its stream; gives the number of what its packet shows. Its places count in `bytes`.
    #[inline(always)]
    pub(super) fn stream(&mut self, item: &Item, bytes: &[u8], number: u64) -> usize {
        let moment = Moment {
            frame: number.try_into().unwrap_or(u32::MAX),
            time: item.time,
        };
        if item.role == Role::Quoted {
            self.quoted(item, moment);
            0
        } else if item.is_tcp {
            self.tcp(item, bytes, moment).unwrap_or_default()
        } else {
            self.udp(item, bytes, moment).unwrap_or_default()
        }
    }

    #[cold]
    fn quoted(&mut self, item: &Item, moment: Moment) {
        if item.is_tcp {
            self.streams.quoted_tcp(moment, item.layer, &item.ends);
        } else {
            self.streams.udp(moment, item.layer, &item.ends);
        }
    }

    #[inline]
    fn tcp(&mut self, item: &Item, bytes: &[u8], moment: Moment) -> Option<usize> {
        let segment = item.segment(bytes)?;
        let Some(mut frame) = self.streams.tcp(moment, item.layer, &item.ends, &segment) else {
            self.left_out += 1;
            return None;
        };
        let counts = self.counted.in_stream(IpProtocol::TCP, frame.number, moment.time);
        if counts {
            if let Some(full) = frame.data.add(frame.way, item.original_bytes) {
                self.carried.add(IpProtocol::TCP, frame.number, frame.way, full);
            }
            if let Some(analysis) = &frame.analysis {
                frame.data.retransmissions += u32::from(analysis.findings.is_any_retransmission());
                self.expert.add_findings(analysis.findings, moment.frame.into());
            }
            if segment.header.flags().has(Flags::RST) {
                self.expert.add(Remark::Reset, moment.frame.into());
            }
        }
        // A segment without data that ends nothing says nothing.
        if !self.reads_messages || (segment.payload.is_empty() && !segment.header.flags().has(Flags::FIN)) {
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
    fn udp(&mut self, item: &Item, bytes: &[u8], moment: Moment) -> Option<usize> {
        let Some(mut frame) = self.streams.udp(moment, item.layer, &item.ends) else {
            self.left_out += 1;
            return None;
        };
        let counts = self.counted.in_stream(IpProtocol::UDP, frame.number, moment.time);
        if counts && let Some(full) = frame.data.add(frame.way, item.original_bytes) {
            self.carried.add(IpProtocol::UDP, frame.number, frame.way, full);
        }
        if !self.reads_messages || item.role != Role::Own {
            return None;
        }
        let range = item.payload;
        let mut shown = Shown::default();
        if let Some(pdu) = frame.reader.read(range.of(bytes), range.wire_bytes) {
            let ports = item.ends.ports;
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
    fn count_stack(&mut self, shown: usize, item: &Item, stacks: usize, number: u64) {
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
            volume.add(item.original_bytes);
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
        for (index, (start_byte, packet)) in (0..).zip(batch.placed()) {
            let place = Place {
                index,
                number: batch.number(index as usize),
                at: since(start, packet.timestamp),
                time: packet.timestamp.unwrap_or_default(),
                original_bytes: packet.original_length,
                start: start_byte,
            };
            if self.counted.turn_to(batch, index as usize) {
                self.count(packet.timestamp, &place);
            }
            if self.reads_headers && !self.quick(&packet, place, digest) {
                self.long(batch, place, digest);
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
            let number = batch.number(item.packet as usize);
            let counts = self.counted.turn_to(batch, item.packet as usize);
            let shown = self.stream(item, batch.bytes(), number);
            if item.role == Role::Own && counts {
                self.count_stack(shown, item, digest.stacks().len(), number);
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
