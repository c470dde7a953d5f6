//! What one worker has to show.

use std::net::IpAddr;

use whotalks_record::{IpProtocol, Timestamp};
use whotalks_session::streams::Streams;
use whotalks_wire::link::MacAddress;

use super::applications::Messages;
use super::collector::Collector;
use super::destinations::Sorted;
use super::expert::Expert;
use super::hierarchy::Hierarchy;
use super::lengths::Lengths;
use super::pairs::Pairs;
use super::ports::Ports;
use super::question::Statistic;
use super::streams::{Counters, StreamRow};
use super::totals::Totals;
use super::traffic::Traffic;

/// A worker's part of all statistics, in order as far as it can be without the others'.
pub(super) struct Part {
    pub(super) totals: Totals,
    pub(super) lengths: Lengths,
    pub(super) traffic: Traffic,
    pub(super) ethernet: Pairs<MacAddress>,
    /// Those of packets and of streams.
    pub(super) internet: Pairs<IpAddr>,
    pub(super) ports: Option<Ports>,
    pub(super) hierarchy: Hierarchy,
    pub(super) expert: Expert,
    /// The rows of each worker that was merged.
    pub(super) destinations: Vec<Sorted>,
    pub(super) destinations_left_out: u64,
    pub(super) messages: Messages,
    pub(super) tcp: Vec<StreamRow>,
    pub(super) udp: Vec<StreamRow>,
}

impl Part {
    pub(super) fn of(mut collector: Collector) -> Self {
        let (tcp, udp) = rows(collector.streams, collector.totals.start.unwrap_or_default());
        let streams = || tcp.iter().chain(&udp);
        if collector.counts_pairs {
            streams().for_each(|stream| collector.internet.add_stream(stream));
        }
        let ports = collector.question.wants(Statistic::Ports).then(|| {
            let mut ports = Ports::default();
            streams().for_each(|stream| ports.add(stream));
            ports
        });
        Self {
            tcp,
            udp,
            ports,
            totals: collector.totals,
            lengths: collector.lengths,
            traffic: collector.traffic,
            ethernet: collector.ethernet,
            internet: collector.internet,
            hierarchy: collector.hierarchy,
            expert: collector.expert,
            destinations_left_out: collector.destinations.left_out(),
            destinations: vec![collector.destinations.into_rows()],
            messages: collector.messages,
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.totals.merge(&other.totals);
        self.lengths.merge(&other.lengths);
        self.traffic.merge(other.traffic);
        self.ethernet.merge(other.ethernet);
        self.internet.merge(other.internet);
        if let (Some(ports), Some(others)) = (&mut self.ports, &other.ports) {
            ports.merge(others);
        }
        self.hierarchy.merge(other.hierarchy);
        self.expert.merge(other.expert);
        self.destinations.extend(other.destinations);
        self.destinations_left_out += other.destinations_left_out;
        self.messages.merge(other.messages);
        self.tcp.extend(other.tcp);
        self.udp.extend(other.udp);
    }
}

/// The rows of TCP and of UDP. Each stream is let go as soon as its row is there: so many streams are not kept twice.
fn rows(streams: Streams<Counters>, start: Timestamp) -> (Vec<StreamRow>, Vec<StreamRow>) {
    let mut tcp = Vec::with_capacity(streams.tcp_count() as usize);
    let mut udp = Vec::with_capacity(streams.udp_count() as usize);
    let (tcp_streams, udp_streams) = streams.into_streams();
    tcp.extend(tcp_streams.map(|stream| {
        let times = (stream.first_time, stream.last_time);
        StreamRow {
            handshake: stream.handshake,
            ..StreamRow::new(IpProtocol::TCP, stream.ends, stream.first, times, start, &stream.data)
        }
    }));
    udp.extend(udp_streams.map(|stream| {
        let times = (stream.first_time, stream.last_time);
        StreamRow::new(IpProtocol::UDP, stream.ends, stream.first, times, start, &stream.data)
    }));
    (tcp, udp)
}
