//! What one worker has to show.

use std::net::IpAddr;

use whotalks_record::IpProtocol;
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
use super::streams::StreamRow;
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
        let (tcp, udp) = (tcp(&collector), udp(&collector));
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

fn tcp(collector: &Collector) -> Vec<StreamRow> {
    let start = collector.totals.start.unwrap_or_default();
    let streams = collector.streams.tcp_streams();
    streams
        .map(|stream| StreamRow {
            handshake: stream.handshake,
            ..StreamRow::new(
                IpProtocol::TCP,
                stream.ends,
                stream.first,
                (stream.first_time, stream.last_time),
                start,
                stream.data,
            )
        })
        .collect()
}

fn udp(collector: &Collector) -> Vec<StreamRow> {
    let start = collector.totals.start.unwrap_or_default();
    let streams = collector.streams.udp_streams();
    streams
        .map(|stream| {
            let times = (stream.first_time, stream.last_time);
            StreamRow::new(IpProtocol::UDP, stream.ends, stream.first, times, start, stream.data)
        })
        .collect()
}
