//! The coverage ledger: which sources were on, when, and what they lost; absence is claimed only from here.

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{EvidenceId, Nanoseconds, SourceKind, SourceRange, Timestamp};

use crate::audit::{AuditPolicies, Audited};
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::reasons::Start;
use crate::sessions::TraceSessions;
use crate::{AuditGap, CoverageLine, HostId, UnknownReason};

/// The ledger of a case.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    lines: Vec<CoverageLine>,
    by_source: FxHashMap<(Option<HostId>, SourceKind), Vec<usize>>,
    gaps: FxHashMap<(HostId, EvidenceId), Vec<Gap>>,
    policies: AuditPolicies,
    /// Lines whose times cannot be compared with those of packets.
    scattered: FxHashSet<usize>,
    /// What the sessions cover of which lines tell only a file.
    reaches: FxHashMap<EvidenceId, Reach>,
}

/// From when to when a session wrote files without a missing one, and what it lost.
#[derive(Clone, Copy, Debug)]
struct Reach {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    lost: u64,
}

/// A run of lost records, on the reference clock.
#[derive(Clone, Copy, Debug)]
struct Gap {
    after: Timestamp,
    before: Timestamp,
    missing: u64,
}

/// Events are written up to this long after what they tell, so that a gap may hide what happened just before it.
const LOG_DELAY: Nanoseconds = Nanoseconds::from_seconds(2);

/// What a source can say about a moment on a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceState {
    /// Nothing of the kind was given.
    NotCollected,
    /// It begins later; a ring may have overwritten the rest.
    BeganLater { began: Timestamp, overwritten: bool },
    /// It ends earlier.
    EndedEarlier(Timestamp),
    /// Its times cannot be compared with those of packets.
    NotAligned,
    /// It covers the moment; it may say that it lost units.
    Covers { lost: u64 },
}

impl Coverage {
    /// Draws up the ledger.
    pub(crate) fn draw_up(observed: &Observed, sessions: &TraceSessions, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut ledger = Self {
            gaps: gaps(observed, hosts, clocks),
            policies: AuditPolicies::collect(observed, hosts),
            ..Self::default()
        };
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
            if is_scattered(range, line.host, clocks) {
                ledger.scattered.insert(ledger.lines.len());
            }
            ledger.lines.push(line);
        }
        ledger.count_gaps();
        ledger.reach_over(sessions);
        ledger
    }

    /// All lines, in order of evidence.
    pub(crate) fn lines(&self) -> &[CoverageLine] {
        &self.lines
    }

    /// Whether any host logs its connections: then a flow of no host is one of a host that was not observed.
    pub(crate) fn has_connection_logs(&self) -> bool {
        let logs = [
            SourceKind::ConnectionAudit,
            SourceKind::SysmonConnection,
            SourceKind::TraceSockets,
        ];
        self.by_source.keys().any(|(_, source)| logs.contains(source))
    }

    /// Whether a host has a source of a kind at all.
    pub(crate) fn is_collected(&self, host: Option<HostId>, source: SourceKind) -> bool {
        self.by_source.contains_key(&(host, source))
    }

    /// What a source can say about the start of a conversation; packets are asked without a host.
    fn state(&self, start: Start, source: SourceKind) -> SourceState {
        let host = if source == SourceKind::Packets {
            None
        } else {
            start.host
        };
        let lines = self
            .by_source
            .get(&(host, source))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let states = lines.iter().filter_map(|index| {
            let line = self.lines.get(*index)?;
            Some(match start.by_packets && self.scattered.contains(index) {
                true => SourceState::NotAligned,
                false => self.state_of(line, start.time),
            })
        });
        states
            .max_by_key(|state| preference(*state))
            .unwrap_or(SourceState::NotCollected)
    }

    fn state_of(&self, line: &CoverageLine, time: Option<Timestamp>) -> SourceState {
        let (first, last) = self.bounds(line);
        // A log that goes on overwriting begins with whatever event is left, and times of other sources are not exact to the second:
        // close behind its oldest event it may just as well have ended.
        let margin = if line.overwritten_before {
            LOG_DELAY
        } else {
            Nanoseconds::ZERO
        };
        match (time, first, last) {
            (Some(time), Some(began), _) if time < began + margin => SourceState::BeganLater {
                began,
                overwritten: line.overwritten_before,
            },
            (Some(time), _, Some(ended)) if time > ended => SourceState::EndedEarlier(ended),
            _ => SourceState::Covers {
                lost: self.lost_at(line, time),
            },
        }
    }

    /// How many units are missing around a moment: of an event log those of the gap it lies in, of other sources all that
    /// the source says it lost, since it does not say when.
    fn lost_at(&self, line: &CoverageLine, time: Option<Timestamp>) -> u64 {
        match (self.gaps_of(line), time) {
            (Some(gaps), Some(time)) => gaps.iter().find(|gap| gap.hides(time)).map_or(0, |gap| gap.missing),
            _ => self.lost_of(line).unwrap_or(0),
        }
    }

    fn gaps_of(&self, line: &CoverageLine) -> Option<&Vec<Gap>> {
        self.gaps.get(&(line.host?, line.evidence))
    }

    /// A provider is on for the whole of a session, whichever of its files it has something to tell in.
    fn reach_over(&mut self, sessions: &TraceSessions) {
        let traced = || self.lines.iter().filter(|line| line.source.is_traced());
        let mut reaches = FxHashMap::default();
        for line in traced() {
            let run: Vec<EvidenceId> = sessions.run_with(line.evidence).collect();
            let same_run = || traced().filter(|one| run.contains(&one.evidence));
            let all = sessions.files_with(line.evidence);
            let same_session = traced().filter(|one| all.contains(&one.evidence));
            let reach = Reach {
                first: same_run().filter_map(|one| one.first).min(),
                last: same_run().filter_map(|one| one.last).max(),
                // Windows counts for the session and not for the file.
                lost: same_session.filter_map(|one| one.lost).max().unwrap_or(0),
            };
            if !run.is_empty() && !reaches.contains_key(&line.evidence) {
                reaches.insert(line.evidence, reach);
            }
        }
        self.reaches = reaches;
    }

    /// From when to when a line can speak.
    fn bounds(&self, line: &CoverageLine) -> (Option<Timestamp>, Option<Timestamp>) {
        match self.reaches.get(&line.evidence).filter(|_| line.source.is_traced()) {
            Some(reach) => (reach.first, reach.last),
            None => (line.first, line.last),
        }
    }

    fn lost_of(&self, line: &CoverageLine) -> Option<u64> {
        let reach = self.reaches.get(&line.evidence).filter(|_| line.source.is_traced());
        reach.map(|reach| reach.lost).or(line.lost)
    }

    /// Adds up the gaps of event logs, which cannot say themselves what they lost.
    fn count_gaps(&mut self) {
        let lost: Vec<Option<u64>> = self
            .lines
            .iter()
            .map(|line| Some(self.gaps_of(line)?.iter().map(|gap| gap.missing).sum()))
            .collect();
        for (line, lost) in self.lines.iter_mut().zip(lost) {
            line.lost = line.lost.or(lost);
        }
    }

    /// Why a source says nothing about the start of a conversation. Where the start was not seen and the source is silent about
    /// it, the conversation began in a gap, or before the source did.
    pub(crate) fn reason_for(&self, start: Start, source: SourceKind) -> UnknownReason {
        let reason = self.by_policy(start, source, self.reason(start, source));
        match (&reason, start.seen) {
            (UnknownReason::NotInSource(_) | UnknownReason::SourceEndedEarlier { .. }, false) => {
                self.reason_before(start, source).unwrap_or(reason)
            }
            _ => reason,
        }
    }

    /// What a listing of the audit policy makes of the silence of a source. What is not audited cannot be there; what is audited
    /// and missing from a Security log that covers the time did not happen as far as that log can tell.
    fn by_policy(&self, start: Start, source: SourceKind, reason: UnknownReason) -> UnknownReason {
        let Some(audited) = start.host.and_then(|host| self.policies.of(host, source)) else {
            return reason;
        };
        let is_missing = reason == UnknownReason::SourceNotCollected(source);
        let is_silent = reason == UnknownReason::NotInSource(source);
        match audited {
            Audited::Without(AuditGap::Everything) if is_missing => UnknownReason::NotAudited {
                source,
                gap: AuditGap::Everything,
            },
            Audited::Without(gap)
                if concerns(gap, start) && (is_silent || is_missing && self.has_security_log(start)) =>
            {
                UnknownReason::NotAudited { source, gap }
            }
            _ if is_missing && tells_of(audited, start) && self.has_security_log(start) => {
                UnknownReason::NotInSource(source)
            }
            _ => reason,
        }
    }

    /// Whether another part of the Security log of the host covers the moment.
    fn has_security_log(&self, start: Start) -> bool {
        let parts = [
            SourceKind::ConnectionAudit,
            SourceKind::PacketDropAudit,
            SourceKind::ProcessCreationAudit,
            SourceKind::ProcessTerminationAudit,
            SourceKind::FilterPolicyAudit,
        ];
        let covers = |part: SourceKind| matches!(self.state(start, part), SourceState::Covers { lost: 0 });
        start.time.is_some() && parts.into_iter().any(covers)
    }

    /// How many records are missing between two moments from the logs of a host: an event in that gap may have been newer than
    /// the last one that is left.
    pub(crate) fn missing_between(&self, host: HostId, from: Timestamp, until: Timestamp) -> u64 {
        let gaps = self
            .gaps
            .iter()
            .filter(|((gap_host, _), _)| *gap_host == host)
            .flat_map(|(_, gaps)| gaps);
        gaps.filter(|gap| from < gap.before && gap.after < until)
            .map(|gap| gap.missing)
            .sum()
    }

    /// How much a trace says that it lost, which may have been anything at any time; none for what is no trace.
    pub(crate) fn lost_by_trace(&self, evidence: EvidenceId) -> Option<u64> {
        let lines = self.lines.iter().filter(|line| line.evidence == evidence);
        let lost = lines
            .filter(|line| line.source.is_traced())
            .map(|line| self.lost_of(line).unwrap_or(0));
        lost.max()
    }

    fn reason_before(&self, start: Start, source: SourceKind) -> Option<UnknownReason> {
        let lines = self.by_source.get(&(start.host, source))?;
        let line = lines
            .iter()
            .filter_map(|index| self.lines.get(*index))
            .min_by_key(|line| self.bounds(line).0)?;
        let (time, began) = (start.time?, self.bounds(line).0?);
        let gaps = self.gaps_of(line).map(Vec::as_slice).unwrap_or_default();
        let count: u64 = gaps.iter().filter(|gap| gap.after < time).map(|gap| gap.missing).sum();
        Some(match (count, line.overwritten_before) {
            (1.., _) => UnknownReason::EventsLost { source, count },
            (0, true) => UnknownReason::RingOverwritten { source, oldest: began },
            (0, false) => UnknownReason::SourceBeganLater { source, began },
        })
    }

    /// Why a source says nothing about a moment.
    fn reason(&self, start: Start, source: SourceKind) -> UnknownReason {
        match self.state(start, source) {
            SourceState::NotAligned => UnknownReason::ClocksNotAligned,
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
        SourceState::Covers { .. } => 4,
        SourceState::NotAligned => 3,
        SourceState::BeganLater { .. } => 2,
        SourceState::EndedEarlier(_) => 1,
        SourceState::NotCollected => 0,
    }
}

/// Whether what a policy leaves out would have told of a conversation: a call that was taken had been let through.
fn concerns(gap: AuditGap, start: Start) -> bool {
    match gap {
        AuditGap::Everything => true,
        AuditGap::Successes => start.answered == Some(true),
        AuditGap::Failures => start.answered == Some(false),
    }
}

/// Whether what is audited would have told of a conversation.
fn tells_of(audited: Audited, start: Start) -> bool {
    match audited {
        Audited::Whole => true,
        Audited::Without(AuditGap::Everything) => false,
        Audited::Without(gap) => start.answered.is_some() && !concerns(gap, start),
    }
}

impl Gap {
    fn hides(&self, time: Timestamp) -> bool {
        self.after - LOG_DELAY <= time && time <= self.before + LOG_DELAY
    }
}

/// Whether the pairs of a log contradict one another, so that its times cannot be compared with those of packets. Only sources
/// that state 5-tuples have pairs; a log without enough of them is believed its own times.
fn is_scattered(range: &SourceRange, host: Option<HostId>, clocks: &Clocks) -> bool {
    let clock = match range.source {
        SourceKind::ConnectionAudit | SourceKind::TraceSockets => Clock::of_evidence(range.evidence),
        SourceKind::SysmonConnection => Clock::of_sysmon(range.evidence),
        _ => return false,
    };
    clocks.is_scattered(clock, host)
}

fn gaps(observed: &Observed, hosts: &Hosts, clocks: &Clocks) -> FxHashMap<(HostId, EvidenceId), Vec<Gap>> {
    let mut gaps: FxHashMap<_, Vec<Gap>> = FxHashMap::default();
    for gap in &observed.gaps {
        let Some(host) = hosts.named(&gap.host) else { continue };
        let clock = Clock::of_evidence(gap.span.evidence);
        let reference = |time| clocks.to_reference(clock, Some(host), time);
        let there = Gap {
            after: reference(gap.after),
            before: reference(gap.before),
            missing: gap.missing,
        };
        gaps.entry((host, gap.span.evidence)).or_default().push(there);
    }
    gaps
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
    // Times without a zone are no times.
    let is_timed = clocks.knows_time(clock, host);
    let (log_first, log_last) = (log_first.filter(|_| is_timed), log_last.filter(|_| is_timed));
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
