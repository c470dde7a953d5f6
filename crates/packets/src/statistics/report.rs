//! From the workers' parts to the whole.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::thread;

use rustc_hash::FxBuildHasher;
use whotalks_wire::link::MacAddress;

use super::applications::Applications;
use super::collector::Collector;
use super::destinations::{Destination, Sorted};
use super::expert::ExpertRow;
use super::hierarchy::HierarchyRow;
use super::lengths::LengthRange;
use super::pairs::{Pair, Pairs};
use super::part::Part;
use super::ports::{Port, Ports};
use super::question::{Question, Statistic};
use super::round_trips::{RoundTrip, RoundTrips};
use super::streams::{StreamRow, number};
use super::totals::{Totals, Volume};
use super::traffic::Interval;
use crate::pass::{Batches, run};

/// An address and what was sent to it and from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint<A> {
    /// The address.
    pub address: A,
    /// What it sent.
    pub sent: Volume,
    /// What it was sent.
    pub received: Volume,
}

/// The answers to a [`Question`]; a list that was not asked for is empty.
#[derive(Debug, Default)]
pub struct Statistics {
    /// The capture as a whole.
    pub totals: Totals,
    /// Which protocols lie in which.
    pub hierarchy: Vec<HierarchyRow>,
    /// Conversations between hardware addresses.
    pub ethernet: Vec<Pair<MacAddress>>,
    /// Conversations between addresses, of both versions of IP.
    pub internet: Vec<Pair<IpAddr>>,
    /// TCP streams in order of their numbers.
    pub tcp: Vec<StreamRow>,
    /// UDP streams in order of their numbers.
    pub udp: Vec<StreamRow>,
    /// Hardware addresses.
    pub ethernet_endpoints: Vec<Endpoint<MacAddress>>,
    /// Addresses, of both versions of IP.
    pub internet_endpoints: Vec<Endpoint<IpAddr>>,
    /// Who was sent to.
    pub destinations: Vec<Destination>,
    /// Initial round-trip times.
    pub round_trips: Option<RoundTrips>,
    /// Traffic by port.
    pub ports: Vec<Port>,
    /// Packets by length.
    pub lengths: Vec<LengthRange>,
    /// Traffic over time.
    pub traffic: Vec<Interval>,
    /// What applications said.
    pub applications: Applications,
    /// What is remarkable.
    pub expert: Vec<ExpertRow>,
    /// Packets that were left out of a list because it was full.
    pub left_out: u64,
}

/// Collects statistics over all packets of a capture with so many workers.
pub fn collect(batches: &mut dyn Batches, question: Question, workers: usize) -> Statistics {
    let workers = workers.max(1);
    let collectors = (0..workers)
        .map(|worker| Collector::new(question, worker, workers))
        .collect();
    whole(run(batches, collectors), question)
}

fn whole(parts: Vec<Part>, question: Question) -> Statistics {
    let mut parts = parts.into_iter();
    let Some(mut whole) = parts.next() else {
        return Statistics::default();
    };
    parts.for_each(|part| whole.merge(part));
    number(&mut whole.tcp);
    number(&mut whole.udp);
    answer(whole, question)
}

fn answer(whole: Part, question: Question) -> Statistics {
    let wants = |statistic| question.wants(statistic);
    let (ethernet, internet) = (whole.ethernet, whole.internet);
    let left_out_of_pairs = ethernet.left_out + internet.left_out;
    // Pairs take as long as everything else together.
    let (mut statistics, pairs) = thread::scope(|scope| {
        let pairs = scope.spawn(|| pairs(ethernet, internet, question));
        let statistics = Statistics {
            totals: whole.totals,
            round_trips: wants(Statistic::RoundTrips).then(|| round_trips(&whole.tcp)),
            left_out: whole.messages.left_out() + whole.destinations_left_out + left_out_of_pairs,
            applications: whole.messages.rows(),
            destinations: Sorted::merge(whole.destinations),
            ports: whole.ports.map(Ports::rows).unwrap_or_default(),
            ..Statistics::default()
        };
        (
            statistics,
            pairs.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    (statistics.ethernet, statistics.ethernet_endpoints) = pairs.0;
    (statistics.internet, statistics.internet_endpoints) = pairs.1;
    if wants(Statistic::Conversations) {
        (statistics.tcp, statistics.udp) = (whole.tcp, whole.udp);
    }
    if wants(Statistic::Hierarchy) {
        statistics.hierarchy = whole.hierarchy.rows();
    }
    if wants(Statistic::Lengths) {
        statistics.lengths = whole.lengths.rows();
    }
    if wants(Statistic::Traffic) {
        statistics.traffic = whole.traffic.rows();
    }
    if wants(Statistic::Expert) {
        statistics.expert = whole.expert.rows();
    }
    statistics
}

/// Pairs of addresses, and the addresses, each as far as they are wanted.
type PairRows<A> = (Vec<Pair<A>>, Vec<Endpoint<A>>);

fn pairs(
    ethernet: Pairs<MacAddress>,
    internet: Pairs<IpAddr>,
    question: Question,
) -> (PairRows<MacAddress>, PairRows<IpAddr>) {
    (pair_rows(ethernet, question), pair_rows(internet, question))
}

fn pair_rows<A: Copy + Ord + Hash>(pairs: Pairs<A>, question: Question) -> PairRows<A> {
    let mut pairs = pairs.rows();
    let endpoints = if question.wants(Statistic::Endpoints) {
        endpoints(&pairs)
    } else {
        Vec::new()
    };
    if !question.wants(Statistic::Conversations) {
        pairs.clear();
    }
    (pairs, endpoints)
}

/// The endpoints of pairs, those with most bytes first.
fn endpoints<A: Copy + Ord + Hash>(pairs: &[Pair<A>]) -> Vec<Endpoint<A>> {
    let mut seen: HashMap<A, (Volume, Volume), FxBuildHasher> = HashMap::default();
    for pair in pairs {
        let mut add = |address, sent: Volume, received: Volume| {
            let counted: &mut (Volume, Volume) = seen.entry(address).or_default();
            *counted = (counted.0.with(sent), counted.1.with(received));
        };
        add(pair.a, pair.exchange.forth, pair.exchange.back);
        add(pair.b, pair.exchange.back, pair.exchange.forth);
    }
    let rows = seen.into_iter();
    let mut rows: Vec<_> = rows
        .map(|(address, (sent, received))| Endpoint {
            address,
            sent,
            received,
        })
        .collect();
    rows.sort_unstable_by_key(|row| (std::cmp::Reverse(row.sent.bytes + row.received.bytes), row.address));
    rows
}

fn round_trips(streams: &[StreamRow]) -> RoundTrips {
    let round_trip = |stream: &StreamRow| {
        let handshake = stream.handshake?;
        Some(RoundTrip {
            stream: stream.number,
            ends: stream.ends,
            handshake,
        })
    };
    let connections: Vec<_> = streams.iter().filter_map(round_trip).collect();
    let without = (streams.len() - connections.len()) as u64;
    RoundTrips::of(connections, without)
}
