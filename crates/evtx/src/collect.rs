//! Gathers what the readers decode: records, ranges per host and source, and the clock of exported times.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use whotalks_record::{
    ClockBasis, EventClock, EvidenceId, Issue, IssueKind, Nanoseconds, Record, Sink, SourceKind, SourceRange, Span,
    Text, Timestamp,
};

use crate::events::{self, Context, Decoded, Family, Joined, Orientation, Told};
use crate::numbers::{Numbered, Numbers};
use crate::raw::{EventTime, RawEvent};
use crate::texts::Texts;

/// The most hosts that get ranges of their own; events of further ones are counted without a host.
const MOST_HOSTS: usize = 16_384;

/// How far Sysmon's `UtcTime` may lie from the event's `SystemTime` and still be believed. Events are written seconds late;
/// a virtual machine that was resumed has stale `UtcTime`s months away.
const LARGEST_SYSMON_DELAY: Nanoseconds = Nanoseconds::from_seconds(600);

/// Time zones are whole quarters of an hour from UTC.
const QUARTER_HOUR: i64 = 900_000_000_000;

/// How far an exporter's time may lie from a whole quarter hour beside `UtcTime`: the delay of a connection event.
const LARGEST_RESIDUE: i64 = 60_000_000_000;

/// How many events must agree on the exporter's offset.
const FEWEST_VOTES: u32 = 3;

/// What one worker has decoded, in the order of the evidence.
#[derive(Default)]
pub(crate) struct Gathered {
    /// Records and issues in order.
    pub(crate) items: Vec<Item>,
    /// Their ranges.
    pub(crate) ranges: Ranges,
    /// The record numbers, where they prove something.
    pub(crate) numbers: Numbers,
}

/// Something to deliver.
pub(crate) enum Item {
    /// A record.
    Record(Record),
    /// A part of one.
    Told(Told),
    /// An issue.
    Issue(Issue),
}

/// Decodes events and remembers what they cover. One per thread.
pub(crate) struct Collector {
    texts: Texts,
    /// The computer of the last event; a log mostly has one.
    last_host: Text,
    /// Whether record numbers rise by one: in a log itself, not in an export.
    numbered: bool,
    gathered: Gathered,
}

impl Collector {
    /// A collector for an export, in which record numbers may skip.
    pub(crate) fn new() -> Self {
        Self {
            texts: Texts::default(),
            last_host: Text::from(""),
            numbered: false,
            gathered: Gathered::default(),
        }
    }

    /// A collector for a log itself, in which every record number counts.
    pub(crate) fn numbered() -> Self {
        Self {
            numbered: true,
            ..Self::new()
        }
    }

    /// Hands out what was gathered so far.
    pub(crate) fn take(&mut self) -> Gathered {
        std::mem::take(&mut self.gathered)
    }

    fn number(&mut self, event: &RawEvent<'_>, span: Span, host: &Text) {
        let (Some(id), Some(time)) = (event.record_id, event.time) else {
            return;
        };
        let gap = self.gathered.numbers.next(Numbered { id, time: time.time }, span, host);
        self.gathered
            .items
            .extend(gap.map(|gap| Item::Record(Record::Gap(gap))));
    }

    fn host(&mut self, computer: &str) -> Text {
        if *self.last_host != *computer {
            self.last_host = self.texts.share(computer);
        }
        self.last_host.clone()
    }
}

/// Takes what a container reader finds.
pub(crate) trait EventSink {
    /// Shares repeated texts.
    fn texts(&mut self) -> &mut Texts;

    /// Whether the fields of this event are needed; its head is filled in.
    fn wants(&self, event: &RawEvent<'_>) -> bool;

    /// Takes an event: all of it where it was wanted, else its head.
    fn event(&mut self, event: &RawEvent<'_>, span: Span);

    /// Notes something that could not be read.
    fn issue(&mut self, span: Span, kind: IssueKind);
}

impl EventSink for Collector {
    fn texts(&mut self) -> &mut Texts {
        &mut self.texts
    }

    fn wants(&self, event: &RawEvent<'_>) -> bool {
        events::family_of(&event.provider, &event.channel, event.event_id).is_some_and(Family::has_fields)
    }

    fn event(&mut self, event: &RawEvent<'_>, span: Span) {
        let family = events::family_of(&event.provider, &event.channel, event.event_id);
        let host = self.host(&event.computer);
        let time = settle_time(family, event);
        if self.numbered {
            self.number(event, span, &host);
        }
        if let Some(vote) = exporter_offset(family, event) {
            self.gathered.ranges.vote(&host, vote);
        }
        self.gathered.ranges.count(&host, events::source_kind(family), time);
        let (Some(family), Some(time)) = (family, time) else {
            if family.is_some() {
                self.gathered.ranges.without_time += 1;
            }
            return;
        };
        let mut context = Context {
            span,
            time: time.time,
            host,
            texts: &mut self.texts,
        };
        match events::decode(family, event, &mut context) {
            Some(Decoded::Record(record)) => self.gathered.items.push(Item::Record(record)),
            Some(Decoded::Told(told)) => self.gathered.items.push(Item::Told(told)),
            None => self.gathered.ranges.without_fields += 1,
        }
    }

    fn issue(&mut self, span: Span, kind: IssueKind) {
        self.gathered.items.push(Item::Issue(Issue { span, kind }));
    }
}

/// The time to believe: Sysmon's own unless it contradicts the event's `SystemTime`.
fn settle_time(family: Option<Family>, event: &RawEvent<'_>) -> Option<EventTime> {
    let own = match family {
        Some(Family::Sysmon(_)) => events::own_time(event),
        _ => None,
    };
    match (own, event.time) {
        (Some(own), Some(stated)) if !stated.exported && own.distance(stated.time) > LARGEST_SYSMON_DELAY => {
            Some(stated)
        }
        (Some(time), _) => Some(EventTime {
            time,
            basis: ClockBasis::Event,
            exported: false,
        }),
        (None, stated) => stated,
    }
}

/// How far the exporter's time column runs ahead of `UtcTime` in this event, in whole quarter hours.
fn exporter_offset(family: Option<Family>, event: &RawEvent<'_>) -> Option<i64> {
    let Some(Family::Sysmon(_)) = family else {
        return None;
    };
    let stated = event.time.filter(|time| time.exported)?;
    let ahead = (stated.time - events::own_time(event)?).0;
    let quarters = ahead.saturating_add(QUARTER_HOUR / 2).div_euclid(QUARTER_HOUR);
    let residue = ahead.saturating_sub(quarters.saturating_mul(QUARTER_HOUR));
    (residue.saturating_abs() <= LARGEST_RESIDUE).then_some(quarters)
}

/// The most issues passed on; a file of nothing but damage would give one per chunk.
const MOST_ISSUES: u64 = 10_000;

/// Ranges per host and source.
#[derive(Default)]
pub(crate) struct Ranges {
    hosts: HashMap<Text, HostRanges, RandomState>,
    /// Events of known families without any time.
    without_time: u64,
    /// Events that lack the field their record cannot be without.
    without_fields: u64,
}

#[derive(Default)]
struct HostRanges {
    sources: BTreeMap<SourceKind, Range>,
    /// Votes on the exporter's offset in quarter hours; times zones span −12 to +14 hours, so few differ.
    offsets: BTreeMap<i64, u32>,
}

/// The most different exporter offsets counted for one host.
const MOST_OFFSETS: usize = 128;

#[derive(Clone, Copy, Default)]
struct Range {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    units: u64,
    basis: Option<ClockBasis>,
    /// Whether any time was an exporter's.
    exported: bool,
}

impl Range {
    fn merge(&mut self, other: Self) {
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
        self.units = self.units.saturating_add(other.units);
        self.basis = self.basis.max(other.basis);
        self.exported |= other.exported;
    }
}

impl Ranges {
    fn host(&mut self, host: &Text) -> &mut HostRanges {
        let known = self.hosts.contains_key(host);
        let name = if known || self.hosts.len() < MOST_HOSTS {
            host.clone()
        } else {
            Text::from("")
        };
        self.hosts.entry(name).or_default()
    }

    fn count(&mut self, host: &Text, source: SourceKind, time: Option<EventTime>) {
        let stamp = time.map(|time| time.time);
        self.host(host).sources.entry(source).or_default().merge(Range {
            first: stamp,
            last: stamp,
            units: 1,
            basis: time.map(|time| time.basis),
            exported: time.is_some_and(|time| time.exported),
        });
    }

    fn vote(&mut self, host: &Text, quarters: i64) {
        let offsets = &mut self.host(host).offsets;
        if offsets.contains_key(&quarters) || offsets.len() < MOST_OFFSETS {
            *offsets.entry(quarters).or_default() += 1;
        }
    }

    /// Adds what another thread gathered.
    pub(crate) fn merge(&mut self, other: Self) {
        self.without_time = self.without_time.saturating_add(other.without_time);
        self.without_fields = self.without_fields.saturating_add(other.without_fields);
        for (host, ranges) in other.hosts {
            let own = self.host(&host);
            for (source, range) in ranges.sources {
                own.sources.entry(source).or_default().merge(range);
            }
            for (quarters, votes) in ranges.offsets {
                *own.offsets.entry(quarters).or_default() += votes;
            }
        }
    }
}

impl HostRanges {
    /// The offset on which at least three events and more than half of them agree.
    fn offset(&self) -> Option<Nanoseconds> {
        let total: u32 = self.offsets.values().sum();
        let (quarters, votes) = self.offsets.iter().max_by_key(|(_, votes)| **votes)?;
        let agreed = *votes >= FEWEST_VOTES && votes.saturating_mul(2) > total;
        agreed.then(|| Nanoseconds(quarters.saturating_mul(QUARTER_HOUR)))
    }
}

/// Passes what was gathered on to the sink, in order.
pub(crate) struct Delivery<'s> {
    evidence: EvidenceId,
    sink: &'s mut dyn Sink,
    orientation: Orientation,
    joined: Joined,
    ranges: Ranges,
    numbers: Numbers,
    issues: u64,
}

impl<'s> Delivery<'s> {
    pub(crate) fn new(evidence: EvidenceId, sink: &'s mut dyn Sink) -> Self {
        Self {
            evidence,
            sink,
            orientation: Orientation::default(),
            joined: Joined::default(),
            ranges: Ranges::default(),
            numbers: Numbers::default(),
            issues: 0,
        }
    }

    /// Delivers one batch.
    pub(crate) fn batch(&mut self, gathered: Gathered) {
        if let Some(gap) = self.numbers.follow(gathered.numbers) {
            self.sink.record(Record::Gap(gap));
        }
        for item in gathered.items {
            match item {
                Item::Record(record) => self.record(record),
                Item::Told(told) => {
                    let record = self.joined.take(told);
                    record.into_iter().for_each(|record| self.record(record));
                }
                Item::Issue(issue) => self.issue(issue.span, issue.kind),
            }
        }
        self.ranges.merge(gathered.ranges);
    }

    fn record(&mut self, record: Record) {
        self.orientation.push(record, &mut |record| self.sink.record(record));
    }

    /// Notes something that could not be read.
    pub(crate) fn issue(&mut self, span: Span, kind: IssueKind) {
        self.issues += 1;
        if self.issues <= MOST_ISSUES {
            self.sink.issue(Issue { span, kind });
        }
    }

    /// Delivers what is left and the ranges, sorted by host and source.
    pub(crate) fn finish(mut self) {
        self.orientation.finish(&mut |record| self.sink.record(record));
        let whole = Span::whole(self.evidence);
        for (unit, count) in [
            ("event without time", self.ranges.without_time),
            ("event without its main field", self.ranges.without_fields),
        ] {
            if count > 0 {
                self.issue(whole, IssueKind::Skipped { unit, count });
            }
        }
        if self.issues > MOST_ISSUES {
            let kind = IssueKind::BoundReached {
                bound: "event log issues",
                limit: MOST_ISSUES,
                count: self.issues - MOST_ISSUES,
            };
            self.sink.issue(Issue { span: whole, kind });
        }
        let hosts: BTreeMap<_, _> = std::mem::take(&mut self.ranges.hosts).into_iter().collect();
        for (host, ranges) in &hosts {
            self.host(host, ranges);
        }
    }

    fn host(&mut self, host: &Text, ranges: &HostRanges) {
        let offset = ranges.offset();
        for (source, range) in &ranges.sources {
            let exporter_offset = offset.filter(|_| range.exported);
            self.sink.record(Record::Range(SourceRange {
                evidence: self.evidence,
                source: *source,
                host: (!host.is_empty()).then(|| host.clone()),
                interface: None,
                first: range.first,
                last: range.last,
                units: range.units,
                lost: None,
                clock: range.basis.map(|basis| EventClock { basis, exporter_offset }),
                session: None,
            }));
        }
    }
}
