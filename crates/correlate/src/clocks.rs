//! How far the clocks of the sources are apart.
//!
//! Pairs are matched by 5-tuple alone, unique on both sides, without a time window: an exported log may be whole hours off.
//! The offsets are clustered; the median of the densest cluster is the offset, its median absolute deviation the spread.
//! More than fifty pairs over more than ten minutes also give a drift (Theil–Sen).
//! A log in local time that names no zone is held against the other logs of its host as well (`zone`).

mod zone;

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{
    ClockBasis, ConnectionEvent, ConnectionEventKind, EvidenceId, FlowKey, Nanoseconds, ProcessEvent, ResolverEvent,
    ResolverSource, Timestamp,
};

use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::survey::Survey;
use crate::{ClockOffset, HostId};

/// Fewer pairs than this do not align two clocks: two coincidences would.
const FEWEST_PAIRS: usize = 5;
/// Offsets this close belong to one cluster: logs are written up to seconds after the packet.
const CLUSTER_WIDTH: Nanoseconds = Nanoseconds::from_seconds(4);
/// The share of pairs the densest cluster must hold.
const CLUSTER_SHARE_PERCENT: usize = 40;
/// A drift is measured only above this number of pairs …
const FEWEST_PAIRS_FOR_DRIFT: usize = 50;
/// … spread over more than this time.
const SHORTEST_SPAN_FOR_DRIFT: Nanoseconds = Nanoseconds::from_seconds(600);
/// The most pairs the drift is computed from; Theil–Sen takes all pairs of pairs.
const MOST_PAIRS_FOR_DRIFT: usize = 200;
/// A slower drift is not told from jitter and not applied: 10 parts per million, 36 ms an hour.
const SLOWEST_DRIFT_PER_SECOND: f64 = 10e-6;
/// The narrowest window for "the same time" between two aligned sources.
const NARROWEST_TOLERANCE: Nanoseconds = Nanoseconds::from_seconds(2);

/// A clock: one piece of evidence may carry two. Sysmon writes its own UTC into each event, while an exporter may have put
/// local time into the time column that all other channels depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Clock {
    evidence: EvidenceId,
    channel: Channel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Channel {
    Log,
    Sysmon,
}

/// The clocks of a case.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    offsets: FxHashMap<Clock, Correction>,
    /// Corrections that other sources of the same host and basis may borrow.
    by_host: FxHashMap<(HostId, ClockBasis), Correction>,
    basis: FxHashMap<EvidenceId, ClockBasis>,
    measured: Vec<ClockOffset>,
    scattered: FxHashSet<Clock>,
    /// Logs in the local time of a computer that do not say which that is.
    zoneless: FxHashSet<EvidenceId>,
    has_capture: bool,
}

/// What to subtract from a source's time.
#[derive(Clone, Copy, Debug)]
struct Correction {
    offset: Nanoseconds,
    spread: Nanoseconds,
    drift_per_second: f64,
    origin: Timestamp,
}

/// One matched pair.
#[derive(Clone, Copy, Debug)]
struct Pair {
    at: Timestamp,
    offset: Nanoseconds,
}

impl Clocks {
    /// Measures the clocks of all event logs against the captures.
    pub(crate) fn measure(observed: &Observed, hosts: &Hosts, survey: &Survey) -> Self {
        let mut clocks = Self {
            zoneless: zone::zoneless(observed),
            // Without it, what is learned of a log in local time would move the other logs of its host as well.
            basis: bases(observed),
            ..Self::default()
        };
        if let Some(reference) = survey.reference {
            clocks.measure_against(reference, observed, hosts, survey);
        }
        clocks.learn_zones(observed, hosts);
        clocks.measured.sort_by_key(|clock| clock.source);
        clocks
    }

    fn measure_against(&mut self, reference: EvidenceId, observed: &Observed, hosts: &Hosts, survey: &Survey) {
        self.has_capture = true;
        self.agree_with_own_packets(observed, reference, hosts.of_listing(reference));
        for (clock, events) in unique_events(observed) {
            if self.offsets.contains_key(&clock) {
                continue;
            }
            let pairs = pair_up(&events, survey);
            let host = events.first();
            let host = host.and_then(|event| hosts.of(event.host.as_ref(), event.span.evidence));
            self.add(clock, reference, host, &pairs);
        }
    }

    /// What was measured, in order of evidence.
    pub(crate) fn measured(&self) -> &[ClockOffset] {
        &self.measured
    }

    /// Whether the pairs of a source show that its clock cannot be aligned: there are enough, and they contradict one another.
    pub(crate) fn is_scattered(&self, clock: Clock, host: Option<HostId>) -> bool {
        self.scattered.contains(&clock) && self.correction(clock, host).is_none()
    }

    /// A source's time on the reference clock. A source that was not aligned borrows the offset of its host's other logs.
    pub(crate) fn to_reference(&self, clock: Clock, host: Option<HostId>, time: Timestamp) -> Timestamp {
        self.correction(clock, host)
            .map_or(time, |correction| correction.apply(time))
    }

    /// How far apart two sightings of the same moment may be; none where the source is not aligned with the captures.
    pub(crate) fn tolerance(&self, clock: Clock, host: Option<HostId>) -> Option<Nanoseconds> {
        let aligned = self.correction(clock, host);
        let aligned = aligned.map(|correction| correction.spread.times(3).max(NARROWEST_TOLERANCE));
        let agrees = !self.has_capture && !self.zoneless.contains(&clock.evidence);
        aligned.or(agrees.then_some(NARROWEST_TOLERANCE))
    }

    /// Whether a source's times are times at all: those of a log in local time are none until its zone was found.
    pub(crate) fn knows_time(&self, clock: Clock, host: Option<HostId>) -> bool {
        !self.zoneless.contains(&clock.evidence) || self.correction(clock, host).is_some()
    }

    fn correction(&self, clock: Clock, host: Option<HostId>) -> Option<Correction> {
        self.offsets
            .get(&clock)
            .or_else(|| self.by_host.get(&(host?, self.basis_of(clock))))
            .copied()
    }

    /// Sysmon's own time and listings are on the host's UTC clock whatever the exporter did.
    fn basis_of(&self, clock: Clock) -> ClockBasis {
        match clock.channel {
            Channel::Sysmon => ClockBasis::Event,
            Channel::Log => self.basis.get(&clock.evidence).copied().unwrap_or(ClockBasis::Event),
        }
    }

    /// The packets of a trace carry times of the clock that its events have, which is that of its host.
    fn agree_with_own_packets(&mut self, observed: &Observed, reference: EvidenceId, host: Option<HostId>) {
        if observed.facts(reference).is_some_and(|facts| facts.is_trace) {
            self.offsets.insert(Clock::of_evidence(reference), Correction::NONE);
            if let Some(host) = host {
                self.by_host.insert((host, ClockBasis::Event), Correction::NONE);
            }
        }
    }

    fn add(&mut self, clock: Clock, reference: EvidenceId, host: Option<HostId>, pairs: &[Pair]) {
        if pairs.is_empty() {
            return;
        }
        let cluster = densest_cluster(pairs);
        let aligned = is_enough(&cluster, pairs);
        let correction = Correction::of(&cluster);
        if aligned {
            self.offsets.insert(clock, correction);
            if let Some(host) = host {
                self.by_host.entry((host, self.basis_of(clock))).or_insert(correction);
            }
        }
        if !aligned && pairs.len() >= FEWEST_PAIRS {
            self.scattered.insert(clock);
        }
        self.measured.push(ClockOffset {
            source: clock.evidence,
            reference,
            host,
            offset: correction.offset,
            spread: correction.spread,
            pairs: cluster.len() as u64,
            drift_per_second: (correction.drift_per_second != 0.0).then_some(correction.drift_per_second),
            aligned,
        });
    }
}

impl Clock {
    /// The clock of a listing, or of an event log apart from Sysmon.
    pub(crate) fn of_evidence(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            channel: Channel::Log,
        }
    }

    /// The clock of Sysmon's events.
    pub(crate) fn of_sysmon(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            channel: Channel::Sysmon,
        }
    }

    pub(crate) fn of_connection(event: &ConnectionEvent) -> Self {
        match event.kind {
            ConnectionEventKind::SysmonConnection => Self::of_sysmon(event.span.evidence),
            _ => Self::of_evidence(event.span.evidence),
        }
    }

    /// Questions for names are told by Sysmon on its own clock, by others on that of their log or trace.
    pub(crate) fn of_resolver(event: &ResolverEvent) -> Self {
        match event.source {
            ResolverSource::Sysmon => Self::of_sysmon(event.span.evidence),
            ResolverSource::DnsClientLog | ResolverSource::Trace => Self::of_evidence(event.span.evidence),
        }
    }

    /// Only Sysmon gives a process a unique identifier.
    pub(crate) fn of_process(event: &ProcessEvent) -> Self {
        match event.unique_id {
            Some(_) => Self::of_sysmon(event.span.evidence),
            None => Self::of_evidence(event.span.evidence),
        }
    }
}

impl Correction {
    const NONE: Self = Self {
        offset: Nanoseconds::ZERO,
        spread: Nanoseconds::ZERO,
        drift_per_second: 0.0,
        origin: Timestamp::from_nanoseconds(0),
    };

    fn of(cluster: &[Pair]) -> Self {
        let offset = median(cluster.iter().map(|pair| pair.offset.0).collect());
        let spread = median(cluster.iter().map(|pair| (pair.offset.0 - offset).abs()).collect());
        let origin = Timestamp::from_nanoseconds(median(cluster.iter().map(|pair| pair.at.nanoseconds()).collect()));
        Self {
            offset: Nanoseconds(offset),
            spread: Nanoseconds(spread),
            drift_per_second: drift(cluster),
            origin,
        }
    }

    fn apply(self, time: Timestamp) -> Timestamp {
        let steady = time - self.offset;
        let drifted = (steady - self.origin).0 as f64 * self.drift_per_second;
        steady - Nanoseconds(drifted as i64)
    }
}

/// The 5-tuples, undirected, of which an event or a listing speaks.
pub(crate) fn wanted(observed: &Observed) -> FxHashSet<FlowKey> {
    let events = observed.connections.iter().filter_map(tuple_of);
    let rows = observed.sockets.iter().filter_map(|socket| {
        Some(FlowKey {
            protocol: socket.protocol,
            client: socket.local,
            server: socket.remote?,
        })
    });
    events.chain(rows).map(FlowKey::undirected).collect()
}

fn tuple_of(event: &ConnectionEvent) -> Option<FlowKey> {
    Some(FlowKey {
        protocol: event.protocol?,
        client: event.local?,
        server: event.remote?,
    })
}

/// The weakest basis of the times in each event log.
fn bases(observed: &Observed) -> FxHashMap<EvidenceId, ClockBasis> {
    let mut bases: FxHashMap<EvidenceId, ClockBasis> = FxHashMap::default();
    for (evidence, clock) in observed
        .ranges
        .iter()
        .filter_map(|range| Some((range.evidence, range.clock?)))
    {
        let basis = bases.entry(evidence).or_insert(clock.basis);
        *basis = (*basis).max(clock.basis);
    }
    bases
}

/// Connection events of one clock by 5-tuple.
type EventsByTuple<'a> = FxHashMap<(FlowKey, ConnectionEventKind), Vec<&'a ConnectionEvent>>;

/// For each clock, the connection events whose 5-tuple occurs once.
fn unique_events(observed: &Observed) -> Vec<(Clock, Vec<&ConnectionEvent>)> {
    let mut logs: FxHashMap<Clock, EventsByTuple<'_>> = FxHashMap::default();
    for event in &observed.connections {
        if let Some(key) = event_key(event) {
            let log = logs.entry(Clock::of_connection(event)).or_default();
            log.entry((key.undirected(), event.kind)).or_default().push(event);
        }
    }
    let mut logs: Vec<_> = logs.into_iter().map(|(clock, log)| (clock, once_only(log))).collect();
    logs.sort_by_key(|(clock, _)| (clock.evidence, clock.channel));
    logs
}

fn once_only(log: EventsByTuple<'_>) -> Vec<&ConnectionEvent> {
    let mut events: Vec<_> = log.into_values().filter(|events| events.len() == 1).flatten().collect();
    events.sort_by_key(|event| (event.time, event.span));
    events
}

/// The 5-tuple of an event that marks the start of a connection.
fn event_key(event: &ConnectionEvent) -> Option<FlowKey> {
    event.kind.marks_beginning().then(|| tuple_of(event))?
}

fn pair_up(events: &[&ConnectionEvent], survey: &Survey) -> Vec<Pair> {
    let pair = |event: &&ConnectionEvent| {
        let start = survey.lives.unique_start(event_key(event)?)?;
        Some(Pair {
            at: start,
            offset: event.time - start,
        })
    };
    events.iter().filter_map(pair).collect()
}

/// Whether a cluster of pairs aligns two clocks.
fn is_enough(cluster: &[Pair], pairs: &[Pair]) -> bool {
    cluster.len() >= FEWEST_PAIRS && cluster.len() * 100 >= pairs.len() * CLUSTER_SHARE_PERCENT
}

/// The pairs inside the window of [`CLUSTER_WIDTH`] that holds the most of them.
fn densest_cluster(pairs: &[Pair]) -> Vec<Pair> {
    let mut sorted = pairs.to_vec();
    sorted.sort_by_key(|pair| pair.offset);
    let mut best: &[Pair] = &[];
    let mut end = 0;
    for (start, first) in sorted.iter().enumerate() {
        while sorted
            .get(end)
            .is_some_and(|pair| pair.offset.0.saturating_sub(first.offset.0) <= CLUSTER_WIDTH.0)
        {
            end += 1;
        }
        if end - start > best.len() {
            best = sorted.get(start..end).unwrap_or_default();
        }
    }
    best.to_vec()
}

/// Theil–Sen slope of offset over time, in seconds per second; 0 where it cannot be told from jitter.
fn drift(cluster: &[Pair]) -> f64 {
    let first = cluster.iter().map(|pair| pair.at).min();
    let last = cluster.iter().map(|pair| pair.at).max();
    let (Some(first), Some(last)) = (first, last) else {
        return 0.0;
    };
    if cluster.len() <= FEWEST_PAIRS_FOR_DRIFT || last - first <= SHORTEST_SPAN_FOR_DRIFT {
        return 0.0;
    }
    let step = cluster.len().div_ceil(MOST_PAIRS_FOR_DRIFT);
    let sample: Vec<Pair> = cluster.iter().step_by(step).copied().collect();
    let slope = median_slope(&sample);
    if slope.abs() < SLOWEST_DRIFT_PER_SECOND {
        0.0
    } else {
        slope
    }
}

fn median_slope(sample: &[Pair]) -> f64 {
    let mut slopes = Vec::new();
    for (index, one) in sample.iter().enumerate() {
        for other in sample.iter().skip(index + 1) {
            let run = (other.at - one.at).as_seconds_f64();
            if run.abs() > 1.0 {
                slopes.push((other.offset.0 - one.offset.0) as f64 / 1e9 / run);
            }
        }
    }
    slopes.sort_by(f64::total_cmp);
    slopes.get(slopes.len() / 2).copied().unwrap_or(0.0)
}

fn median(mut values: Vec<i64>) -> i64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(offsets: &[i64]) -> Vec<Pair> {
        let pair = |(index, offset): (usize, &i64)| Pair {
            at: Timestamp::from_seconds(index as i64 * 60, 0),
            offset: Nanoseconds::from_milliseconds(*offset),
        };
        offsets.iter().enumerate().map(pair).collect()
    }

    #[test]
    fn outliers_do_not_move_the_offset() {
        let cluster = densest_cluster(&pairs(&[1800, 1810, 68_400_000, 1790, 1805, 1795, -50_000]));
        let correction = Correction::of(&cluster);
        assert_eq!(correction.offset, Nanoseconds::from_milliseconds(1800));
        assert!(correction.spread <= Nanoseconds::from_milliseconds(10));
    }

    #[test]
    fn a_steady_drift_is_found_and_removed() {
        let offsets: Vec<i64> = (0..100).map(|minute| 1000 + minute * 60).collect();
        let cluster = pairs(&offsets);
        let slope = drift(&cluster);
        assert!((slope - 0.001).abs() < 1e-5, "{slope}");
    }

    #[test]
    fn jitter_is_no_drift() {
        let offsets: Vec<i64> = (0..100).map(|minute| 1000 + minute % 3).collect();
        assert_eq!(drift(&pairs(&offsets)), 0.0);
    }
}
