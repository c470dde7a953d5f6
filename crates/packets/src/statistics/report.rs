//! From the workers' parts to the whole.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;
use std::thread;

use rustc_hash::FxBuildHasher;
use whotalks_record::IpProtocol;
use whotalks_wire::link::MacAddress;

use super::applications::Applications;
use super::collector::Collector;
use super::destinations::DestinationRows;
use super::expert::ExpertRow;
use super::hierarchy::HierarchyRow;
use super::lengths::LengthRange;
use super::pairs::{Pair, Pairs};
use super::part::Part;
use super::ports::{Port, Ports};
use super::question::{Question, Statistic};
use super::round_trips::RoundTrips;
use super::rows::StreamRows;
use super::streams::Kept;
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
    pub tcp: StreamRows,
    /// UDP streams in order of their numbers.
    pub udp: StreamRows,
    /// Hardware addresses.
    pub ethernet_endpoints: Vec<Endpoint<MacAddress>>,
    /// Addresses, of both versions of IP.
    pub internet_endpoints: Vec<Endpoint<IpAddr>>,
    /// Who was sent to.
    pub destinations: DestinationRows,
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
    /// How often something of the content of a stream was not read, because too much was open at once.
    pub unread: u64,
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
    answer(whole, question)
}

fn answer(whole: Part, question: Question) -> Statistics {
    let wants = |statistic| question.wants(statistic);
    let (ethernet, internet) = (whole.ethernet, whole.internet);
    let kept: Arc<[Kept]> = whole.streams.into();
    let tcp = StreamRows::new(IpProtocol::TCP, &kept);
    // The times of all handshakes take memory while they are put in order, and so do pairs: one after the other.
    let round_trips = wants(Statistic::RoundTrips).then(|| RoundTrips::of(&tcp));
    // Pairs take as long as everything else together.
    let (mut statistics, pairs) = thread::scope(|scope| {
        let pairs = scope.spawn(|| pairs(ethernet, internet, &kept, question));
        let statistics = Statistics {
            totals: whole.totals,
            round_trips,
            left_out: whole.messages.left_out() + whole.left_out,
            unread: whole.unread,
            applications: whole.messages.rows(),
            destinations: DestinationRows::new(whole.destinations),
            ports: whole.ports.map(Ports::rows).unwrap_or_default(),
            ..Statistics::default()
        };
        (
            statistics,
            pairs.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    (statistics.ethernet, statistics.ethernet_endpoints) = pairs.ethernet;
    (statistics.internet, statistics.internet_endpoints) = pairs.internet;
    statistics.left_out += pairs.left_out;
    if wants(Statistic::Conversations) {
        statistics.udp = StreamRows::new(IpProtocol::UDP, &kept);
        statistics.tcp = tcp;
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

/// What is shown of pairs.
struct ShownPairs {
    ethernet: PairRows<MacAddress>,
    internet: PairRows<IpAddr>,
    left_out: u64,
}

/// Pairs, to which come those of streams.
fn pairs(ethernet: Pairs<MacAddress>, mut internet: Pairs<IpAddr>, streams: &[Kept], question: Question) -> ShownPairs {
    if question.wants_any(&[Statistic::Conversations, Statistic::Endpoints]) {
        let rows = streams.iter().flat_map(Kept::counted);
        rows.for_each(|stream| internet.add_stream(&stream));
    }
    ShownPairs {
        left_out: ethernet.left_out + internet.left_out,
        ethernet: pair_rows(ethernet, question),
        internet: pair_rows(internet, question),
    }
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
