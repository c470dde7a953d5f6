//! What one worker has to show.

use std::net::IpAddr;

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
use super::streams::Kept;
use super::totals::Totals;
use super::traffic::Traffic;

/// A worker's part of all statistics, in order as far as it can be without the others'.
pub(super) struct Part {
    pub(super) totals: Totals,
    pub(super) lengths: Lengths,
    pub(super) traffic: Traffic,
    pub(super) ethernet: Pairs<MacAddress>,
    /// Those of packets that belong to no stream.
    pub(super) internet: Pairs<IpAddr>,
    pub(super) ports: Option<Ports>,
    pub(super) hierarchy: Hierarchy,
    pub(super) expert: Expert,
    /// Those of each worker that was merged.
    pub(super) destinations: Vec<Sorted>,
    pub(super) messages: Messages,
    /// The streams of each worker that was merged.
    pub(super) streams: Vec<Kept>,
    /// Packets of streams and to destinations that are not kept.
    pub(super) left_out: u64,
    /// How often content was not read, since too much was open.
    pub(super) unread: u64,
}

impl Part {
    pub(super) fn of(mut collector: Collector) -> Self {
        collector.messages.close();
        let unread = collector.streams.unread() + collector.messages.unread();
        let kept = Kept {
            start: collector.totals.start.unwrap_or_default(),
            streams: collector.streams.close(),
            counted: collector.counted,
            carried: collector.carried,
        };
        let ports = collector.question.wants(Statistic::Ports).then(|| {
            let mut ports = Ports::default();
            kept.counted().for_each(|stream| ports.add(&stream));
            ports
        });
        Self {
            streams: vec![kept],
            ports,
            unread,
            left_out: collector.left_out + collector.destinations.left_out(),
            totals: collector.totals,
            lengths: collector.lengths,
            traffic: collector.traffic,
            ethernet: collector.ethernet,
            internet: collector.internet,
            hierarchy: collector.hierarchy,
            expert: collector.expert,
            destinations: vec![collector.destinations.into_sorted()],
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
        self.left_out += other.left_out;
        self.unread += other.unread;
        self.messages.merge(other.messages);
        self.streams.extend(other.streams);
    }
}
