//! The zone of a log in local time that does not name it: what the other logs of the same host say of the same connections.
//!
//! Pairs are matched by 5-tuple, once in both logs. The offset must be a whole number of quarter hours, as zones are, since both
//! logs were written on one clock. Defeated by: fewer than five pairs; a change of the zone within the log, for its smaller part.

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{ClockBasis, ConnectionEvent, EvidenceId, FlowKey, Nanoseconds, SourceKind, Timestamp};

use super::{Clock, Clocks, Correction, Pair, densest_cluster, event_key, is_enough, unique_events};
use crate::HostId;
use crate::hosts::Hosts;
use crate::observed::Observed;

/// Zones differ from UTC by whole quarter hours.
const QUARTER_HOUR: Nanoseconds = Nanoseconds::from_seconds(900);
/// The text log has whole seconds, and either log may be written a moment after what it tells.
const WRITING_DELAY: Nanoseconds = Nanoseconds::from_seconds(4);
/// Sightings of one 5-tuple in the logs of a host further apart than this are two connections.
const SAME_CONNECTION: Nanoseconds = Nanoseconds::from_seconds(130);

/// The first sighting of a connection by a log with times of its own; no time where there were several connections.
struct Sighting {
    evidence: EvidenceId,
    time: Option<Timestamp>,
}

type Sightings = FxHashMap<(HostId, FlowKey), Sighting>;

/// The logs whose times have no zone.
pub(super) fn zoneless(observed: &Observed) -> FxHashSet<EvidenceId> {
    let logs = observed
        .ranges
        .iter()
        .filter(|range| range.source == SourceKind::FirewallTextLog);
    let local = logs.filter(|range| {
        range
            .clock
            .is_some_and(|clock| clock.basis == ClockBasis::EventWithoutZone)
    });
    local.map(|range| range.evidence).collect()
}

impl Clocks {
    /// Finds the zones that packets did not show.
    pub(super) fn learn_zones(&mut self, observed: &Observed, hosts: &Hosts) {
        if self.zoneless.is_empty() {
            return;
        }
        let sightings = self.sightings(observed, hosts);
        for (clock, events) in unique_events(observed) {
            let host = events.first().and_then(|event| hosts.of(None, event.span.evidence));
            if let Some(host) = host.filter(|host| !self.knows_time(clock, Some(*host))) {
                self.learn_zone(clock, host, &events, &sightings);
            }
        }
    }

    fn learn_zone(&mut self, clock: Clock, host: HostId, events: &[&ConnectionEvent], sightings: &Sightings) {
        let sighted = events.iter().filter_map(|event| {
            let sighting = sightings.get(&(host, event_key(event)?.undirected()))?;
            let at = sighting.time?;
            let offset = event.time - at;
            Some((sighting.evidence, Pair { at, offset }))
        });
        let (evidence, pairs): (Vec<EvidenceId>, Vec<Pair>) = sighted.unzip();
        let cluster = densest_cluster(&pairs);
        let Some(reference) = evidence.first().filter(|_| is_enough(&cluster, &pairs)) else {
            return;
        };
        if is_zone(Correction::of(&cluster).offset) {
            self.measured.retain(|known| known.source != clock.evidence);
            self.add(clock, *reference, Some(host), &pairs);
        }
    }

    /// What the logs with times of their own say of connections that logs without a zone tell of.
    fn sightings(&self, observed: &Observed, hosts: &Hosts) -> Sightings {
        let is_zoneless = |event: &ConnectionEvent| self.zoneless.contains(&event.span.evidence);
        let (without, with): (Vec<&ConnectionEvent>, Vec<&ConnectionEvent>) =
            observed.connections.iter().partition(|event| is_zoneless(event));
        let wanted: FxHashSet<FlowKey> = without
            .into_iter()
            .filter_map(event_key)
            .map(FlowKey::undirected)
            .collect();
        let mut sightings = Sightings::default();
        for event in with {
            let host = hosts.of(event.host.as_ref(), event.span.evidence);
            let key = event_key(event)
                .map(FlowKey::undirected)
                .filter(|key| wanted.contains(key));
            let clock = Clock::of_connection(event);
            if let (Some(host), Some(key), ClockBasis::Event) = (host, key, self.basis_of(clock)) {
                let time = self.to_reference(clock, Some(host), event.time);
                note(&mut sightings, (host, key), event.span.evidence, time);
            }
        }
        sightings
    }
}

fn note(sightings: &mut Sightings, key: (HostId, FlowKey), evidence: EvidenceId, time: Timestamp) {
    let time = Some(time);
    let known = sightings.entry(key).or_insert(Sighting { evidence, time });
    let same = |first: Timestamp| time.is_some_and(|time| first.distance(time) <= SAME_CONNECTION);
    known.time = known.time.filter(|first| same(*first));
}

/// Whether an offset is one of a zone, apart from the moment that writing takes.
fn is_zone(offset: Nanoseconds) -> bool {
    let beside = offset.0.rem_euclid(QUARTER_HOUR.0);
    beside.min(QUARTER_HOUR.0 - beside) <= WRITING_DELAY.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_whole_quarter_hours() {
        for (seconds, expected) in [
            (32_400, true),
            (-12_601, true),
            (20_700, true),
            (0, true),
            (32_410, false),
            (120, false),
        ] {
            assert_eq!(is_zone(Nanoseconds::from_seconds(seconds)), expected, "{seconds}");
        }
    }
}
