//! The coverage ledger: which sources were on, when, and what they lost; absence is claimed only from here.

use rustc_hash::FxHashMap;
use whotalks_record::{EvidenceId, SourceKind, SourceRange, Timestamp};

use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::{CoverageLine, HostId, UnknownReason};

/// The ledger of a case.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    lines: Vec<CoverageLine>,
    by_source: FxHashMap<(Option<HostId>, SourceKind), Vec<usize>>,
}

/// What a source can say about a moment on a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceState {
    /// Nothing of the kind was given.
    NotCollected,
    /// It begins later; a ring may have overwritten the rest.
    BeganLater { began: Timestamp, overwritten: bool },
    /// It ends earlier.
    EndedEarlier(Timestamp),
    /// It covers the moment; it may say that it lost units.
    Covers { lost: u64 },
}

impl Coverage {
    /// Draws up the ledger.
    pub(crate) fn draw_up(observed: &Observed, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut ledger = Self::default();
        for range in &observed.ranges {
            let line = line(range, observed, hosts, clocks);
            let host = if range.source == SourceKind::Packets {
                None
            } else {
                line.host
            };
            ledger
                .by_source
                .entry((host, range.source))
                .or_default()
                .push(ledger.lines.len());
            ledger.lines.push(line);
        }
        ledger
    }

    /// All lines, in order of evidence.
    pub(crate) fn lines(&self) -> &[CoverageLine] {
        &self.lines
    }

    /// Whether the case has any source about a host other than packets.
    pub(crate) fn has_host_sources(&self) -> bool {
        self.by_source.keys().any(|(_, source)| *source != SourceKind::Packets)
    }

    /// What a source can say about a moment; packets are asked without a host.
    pub(crate) fn state(&self, host: Option<HostId>, source: SourceKind, time: Option<Timestamp>) -> SourceState {
        let host = if source == SourceKind::Packets { None } else { host };
        let lines = self
            .by_source
            .get(&(host, source))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let states = lines
            .iter()
            .filter_map(|index| self.lines.get(*index))
            .map(|line| state_of(line, time));
        states
            .max_by_key(|state| preference(*state))
            .unwrap_or(SourceState::NotCollected)
    }

    /// Why a source says nothing about a moment.
    pub(crate) fn reason(&self, host: Option<HostId>, source: SourceKind, time: Option<Timestamp>) -> UnknownReason {
        match self.state(host, source, time) {
            SourceState::NotCollected => UnknownReason::SourceNotCollected(source),
            SourceState::BeganLater {
                began,
                overwritten: true,
            } => UnknownReason::RingOverwritten { source, oldest: began },
            SourceState::BeganLater {
                began,
                overwritten: false,
            } => UnknownReason::SourceBeganLater { source, began },
            SourceState::EndedEarlier(ended) => UnknownReason::SourceEndedEarlier { source, ended },
            SourceState::Covers { lost: 0 } => UnknownReason::NotInSource(source),
            SourceState::Covers { lost: count } => UnknownReason::EventsLost { source, count },
        }
    }
}

/// Of several logs of one kind, the one that covers the moment counts most.
fn preference(state: SourceState) -> u8 {
    match state {
        SourceState::Covers { .. } => 3,
        SourceState::BeganLater { .. } => 2,
        SourceState::EndedEarlier(_) => 1,
        SourceState::NotCollected => 0,
    }
}

fn state_of(line: &CoverageLine, time: Option<Timestamp>) -> SourceState {
    let lost = line.lost.unwrap_or(0);
    match (time, line.first, line.last) {
        (Some(time), Some(began), _) if time < began => SourceState::BeganLater {
            began,
            overwritten: line.overwritten_before,
        },
        (Some(time), _, Some(ended)) if time > ended => SourceState::EndedEarlier(ended),
        _ => SourceState::Covers { lost },
    }
}

fn line(range: &SourceRange, observed: &Observed, hosts: &Hosts, clocks: &Clocks) -> CoverageLine {
    let host = hosts.of(range.host.as_ref(), range.evidence);
    let sysmon = [
        SourceKind::SysmonConnection,
        SourceKind::SysmonProcessStart,
        SourceKind::SysmonProcessEnd,
        SourceKind::SysmonDns,
    ];
    let clock = if sysmon.contains(&range.source) {
        Clock::of_sysmon(range.evidence)
    } else {
        Clock::of_evidence(range.evidence)
    };
    let (log_first, log_last) = log_bounds(range, observed);
    CoverageLine {
        host,
        evidence: range.evidence,
        source: range.source,
        first: log_first.map(|time| clocks.to_reference(clock, host, time)),
        last: log_last.map(|time| clocks.to_reference(clock, host, time)),
        units: range.units,
        lost: range.lost,
        overwritten_before: is_overwritten(range.evidence, observed),
    }
}

/// A log is on from its first event of any kind to its last one of any kind, not from the first event of one kind: an event
/// id that did not occur for an hour was watched for during that hour.
fn log_bounds(range: &SourceRange, observed: &Observed) -> (Option<Timestamp>, Option<Timestamp>) {
    if range.source == SourceKind::Packets || range.host.is_none() {
        return (range.first, range.last);
    }
    let same_log = || {
        observed
            .ranges
            .iter()
            .filter(|one| one.evidence == range.evidence && one.host == range.host)
    };
    (
        same_log().filter_map(|one| one.first).min(),
        same_log().filter_map(|one| one.last).max(),
    )
}

/// Record numbers count from 1 since the log was created or cleared; a higher first number means that older ones are gone.
fn is_overwritten(evidence: EvidenceId, observed: &Observed) -> bool {
    let facts = observed.facts(evidence);
    facts.is_some_and(|facts| facts.is_event_log && facts.first_record.is_some_and(|first| first > 1))
}
