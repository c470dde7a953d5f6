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
use super::streams::StreamRow;
use super::totals::Totals;
use super::traffic::Traffic;

/// A worker's part of all statistics, in order as far as it can be without the others'.
pub(super) struct Part {
    pub(super) totals: Totals,
    pub(super) lengths: Lengths,
    pub(super) traffic: Traffic,
    pub(super) ethernet: Pairs<MacAddress>,
    pub(super) internet: Pairs<IpAddr>,
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
    pub(super) fn of(collector: Collector) -> Self {
        Self {
            tcp: tcp(&collector),
            udp: udp(&collector),
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
