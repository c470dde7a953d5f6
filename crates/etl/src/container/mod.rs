//! The container: buffers, records, and the order of events.

mod buffer;
mod build;
mod clock;
mod groups;
mod header;
mod lzxpress;
mod merge;
mod pull;
mod record;
#[cfg(test)]
mod tests;

use whotalks_record::{EvidenceId, Issue, IssueKind, Span, Timestamp};

use crate::Event;
use crate::issues::Issues;
use buffer::{HEADER_BYTES, malformed};
use merge::{InOrder, Merge};
use pull::{Buffers, Next, Pulled};
use record::{Frame, Header};

pub use clock::ClockKind;
pub use header::TraceHeader;
pub use lzxpress::{Stopped, decompress};

/// Takes what a trace holds.
pub trait EventSink {
    /// What the trace says of itself, before the first event; not called where it is too damaged to say it.
    fn header(&mut self, _header: &TraceHeader) {}

    /// An event; borrowed, so look at it now.
    fn event(&mut self, event: &Event<'_>);

    /// Something that could not be read.
    fn issue(&mut self, issue: Issue);
}

/// What was read of a trace, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Events delivered. The header of the trace is one of them.
    pub events: u64,
    /// The earliest time of an event.
    pub first: Option<Timestamp>,
    /// The latest time of an event.
    pub last: Option<Timestamp>,
    /// Buffers read.
    pub buffers: u64,
    /// Of these, compressed ones.
    pub compressed_buffers: u64,
    /// Buffers that say that events were lost before them.
    pub buffers_after_lost_events: u64,
    /// Buffers that say that buffers were lost before them.
    pub buffers_after_lost_buffers: u64,
    /// Events that came out after later ones, because too much would have had to be held.
    pub out_of_order: u64,
    /// Whether the file wrapped around, so that its beginning is gone.
    pub wrapped: bool,
}

impl Totals {
    /// How much the session lost: events, and buffers of them, of each of which nobody knows how much it held.
    #[must_use]
    pub fn lost(&self, header: Option<&TraceHeader>) -> u64 {
        self.lost_events(header).saturating_add(self.lost_buffers(header))
    }

    /// A trace that was not closed counts nothing in its header, but each mark in a buffer stands for one loss at least.
    fn lost_events(&self, header: Option<&TraceHeader>) -> u64 {
        let stated = header.map_or(0, |header| header.events_lost.into());
        self.buffers_after_lost_events.max(stated)
    }

    fn lost_buffers(&self, header: Option<&TraceHeader>) -> u64 {
        let stated = header.map_or(0, |header| header.buffers_lost.into());
        self.buffers_after_lost_buffers.max(stated)
    }
}

/// Reads a trace to its end, or to where nothing more can be read.
pub fn read_events(source: &mut dyn std::io::Read, evidence: EvidenceId, sink: &mut impl EventSink) -> Totals {
    let mut reading = Reading::new(evidence, sink);
    let mut buffers = Buffers::new(source);
    let mut merge = Merge::new();
    loop {
        let mut records = merge.spare();
        match buffers.next(&mut records) {
            Next::Buffer(pulled) => reading.buffer(&pulled, records, &mut merge),
            Next::Gap { offset, issue } => reading.issues_at(offset, issue),
            Next::End { offset, issue } => {
                reading.issues_at(offset, issue);
                break;
            }
        }
    }
    merge.finish(&mut reading);
    reading.finish()
}

/// One run over a trace.
struct Reading<'s, S> {
    sink: &'s mut S,
    evidence: EvidenceId,
    issues: Issues,
    header: Option<TraceHeader>,
    totals: Totals,
    latest_ticks: u64,
}

impl<'s, S: EventSink> Reading<'s, S> {
    fn new(evidence: EvidenceId, sink: &'s mut S) -> Self {
        Self {
            sink,
            evidence,
            issues: Issues::new(evidence),
            header: None,
            totals: Totals::default(),
            latest_ticks: 0,
        }
    }

    fn buffer(&mut self, pulled: &Pulled, records: Vec<u8>, merge: &mut Merge) {
        let header = &pulled.header;
        if self.totals.buffers == 0 {
            self.trace_header(&records, pulled.offset);
        } else if self.totals.buffers == 1 {
            self.totals.wrapped = self.is_wrapped(header.sequence);
        }
        self.totals.buffers += 1;
        self.totals.compressed_buffers += u64::from(header.is_compressed());
        self.totals.buffers_after_lost_events += u64::from(header.lost_events());
        self.totals.buffers_after_lost_buffers += u64::from(header.lost_buffers());
        self.issues_at(pulled.offset, pulled.issue.clone());
        let origin = merge::Origin {
            offset: pulled.offset,
            processor: header.processor,
            is_compressed: header.is_compressed(),
        };
        merge.push(records, origin, self);
        merge.shrink(self.held_bytes(), self);
    }

    const fn held_bytes(&self) -> usize {
        if self.totals.wrapped {
            merge::HELD_BYTES_OF_WRAPPED
        } else {
            merge::HELD_BYTES
        }
    }

    /// Reads what the first record of the first buffer says of the trace.
    fn trace_header(&mut self, records: &[u8], offset: u64) {
        match first_record(records) {
            Ok(header) => {
                self.sink.header(&header);
                if header.ticks.is_none() {
                    let found = format!("{:?} without its frequency", header.clock);
                    self.issues_at(offset, Some(malformed("trace.clock", found)));
                }
                self.header = Some(header);
            }
            Err(kind) => self.issues_at(offset, Some(kind)),
        }
    }

    /// A file that wraps around keeps its first buffer; the second place is the first to be used again, and then holds a buffer
    /// with a higher number than there are places.
    fn is_wrapped(&self, sequence: u64) -> bool {
        self.header.as_ref().is_some_and(|header| {
            let places = header.wraps_at_bytes.unwrap_or_default() / u64::from(header.buffer_bytes.max(1));
            places > 0 && sequence >= places
        })
    }

    fn issues_at(&mut self, offset: u64, kind: Option<IssueKind>) {
        let Some(kind) = kind else { return };
        let span = self.issues.span(self.totals.events, offset, 0);
        if let Some(issue) = self.issues.take(span, kind) {
            self.sink.issue(issue);
        }
    }

    fn count(&mut self, frame: &Frame, time: Option<Timestamp>) {
        let totals = &mut self.totals;
        totals.events += 1;
        totals.first = earlier(totals.first, time);
        totals.last = totals.last.max(time);
        if let Some(ticks) = frame.ticks {
            totals.out_of_order += u64::from(ticks < self.latest_ticks);
            self.latest_ticks = self.latest_ticks.max(ticks);
        }
    }

    /// Says what was lost, as the trace itself and its buffers have it.
    fn finish(mut self) -> Totals {
        let header = self.header.as_ref();
        let losses = [
            ("event", self.totals.lost_events(header)),
            ("trace buffer", self.totals.lost_buffers(header)),
        ];
        for (unit, count) in losses {
            if count > 0 {
                let span = Span::whole(self.evidence);
                let kind = IssueKind::Lost { unit, count };
                self.issues
                    .take(span, kind)
                    .into_iter()
                    .for_each(|issue| self.sink.issue(issue));
            }
        }
        if self.totals.out_of_order > 0 {
            let kind = IssueKind::BoundReached {
                bound: "trace buffers held for the order of events",
                limit: self.held_bytes() as u64,
                count: self.totals.out_of_order,
            };
            let issue = self.issues.take(Span::whole(self.evidence), kind);
            issue.into_iter().for_each(|issue| self.sink.issue(issue));
        }
        if let Some(rest) = self.issues.rest() {
            self.sink.issue(rest);
        }
        self.totals
    }
}

impl<S: EventSink> InOrder for Reading<'_, S> {
    fn record(&mut self, frame: &Frame, record: &[u8], at: usize, origin: merge::Origin) {
        let clock = self.header.as_ref().and_then(|header| header.ticks.as_ref());
        let time = frame.ticks.and_then(|ticks| clock?.time(ticks));
        self.count(frame, time);
        let setting = build::Setting {
            span: self.span(at, record.len(), origin),
            time,
            processor: origin.processor,
            pointer_bytes: self.header.as_ref().map_or(8, |header| header.pointer_bytes),
        };
        match build::event(frame, record, setting) {
            Ok(event) => self.sink.event(&event),
            Err(kind) => {
                let issue = self.issues.take(setting.span, kind);
                issue.into_iter().for_each(|issue| self.sink.issue(issue));
            }
        }
    }

    fn damage(&mut self, kind: IssueKind, at: usize, origin: merge::Origin) {
        let span = self.span(at, 0, origin);
        let issue = self.issues.take(span, kind);
        issue.into_iter().for_each(|issue| self.sink.issue(issue));
    }
}

impl<S> Reading<'_, S> {
    fn span(&self, at: usize, length: usize, origin: merge::Origin) -> Span {
        let number = self.totals.events;
        if origin.is_compressed {
            return self.issues.span(number, origin.offset, 0);
        }
        let offset = origin.offset.saturating_add((HEADER_BYTES + at) as u64);
        self.issues.span(number, offset, length.try_into().unwrap_or(u32::MAX))
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The header that the first record of a trace is.
fn first_record(records: &[u8]) -> Result<TraceHeader, IssueKind> {
    let frame = record::frame(records)?;
    let Some((frame, Header::System { compact: false })) = frame.map(|frame| (frame, frame.header)) else {
        return Err(malformed("trace.header", "no system event at the beginning".to_owned()));
    };
    let payload = records
        .get(Header::System { compact: false }.bytes()..frame.bytes)
        .unwrap_or_default();
    let ticks = frame.ticks.unwrap_or_default();
    TraceHeader::read(payload, ticks, frame.is_64_bit).map_err(|error| IssueKind::Truncated {
        field: error.field,
        needed: error.needed as u64,
        available: error.available as u64,
    })
}
