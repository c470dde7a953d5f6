//! The reader of dumps.

use std::io;

use whotalks_record::{
    EvidenceId, FilterLayer, Interner, Issue, IssueKind, ListingTool, Nanoseconds, Position, Reader, Record, Sink,
    Snapshot, Source, SourceKind, SourceRange, Span, TimeSource, Timestamp,
};

use crate::collector::{Collector, Item, ItemKind, Piece, Root};
use crate::element::Element;
use crate::encoding::Units;
use crate::filter::filter;
use crate::network_event::{Told, network_event};
use crate::scan::LARGEST_ITEM_BYTES;

/// How long netsh takes to write a dump: a few seconds on a server with thousands of filters.
const DUMP_DURATION: Nanoseconds = Nanoseconds::from_seconds(10);

/// How far a file's modification time may be from the moment of the dump; a collector may touch it up once more.
const FILE_TIME_UNCERTAINTY: Nanoseconds = Nanoseconds::from_seconds(300);

/// How much of a bad item an issue quotes, in characters.
const QUOTED_CHARACTERS: usize = 120;

/// Reads the filters, layers and network events out of `filters.xml`, `wfpstate.xml`, `netevents.xml` and `wfpdiag.xml`.
#[derive(Clone, Copy, Debug, Default)]
pub struct WfpReader;

impl Reader for WfpReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let evidence = source.evidence;
        let mut dump = Dump::new(evidence, source.modified, sink);
        match Collector::new(source.bytes) {
            Ok(mut collector) => dump.read(&mut collector),
            Err(error) => dump.io(0, &error),
        }
        dump.finish();
    }
}

/// One run over one dump.
struct Dump<'a> {
    sink: &'a mut dyn Sink,
    evidence: EvidenceId,
    modified: Option<Timestamp>,
    shared: Interner,
    root: Option<Root>,
    time_stamp: Option<Timestamp>,
    open: Option<Open>,
    next_snapshot: u32,
    next_item: u64,
    events: Events,
}

/// The network events so far.
#[derive(Default)]
struct Events {
    read: u64,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    /// Events of types that tell of no decision about a connection.
    others: u64,
}

/// The snapshot that is being read.
struct Open {
    number: u32,
    time: Option<Timestamp>,
    filters: u64,
}

impl<'a> Dump<'a> {
    fn new(evidence: EvidenceId, modified: Option<Timestamp>, sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            evidence,
            modified,
            shared: Interner::default(),
            root: None,
            time_stamp: None,
            open: None,
            next_snapshot: 0,
            next_item: 1,
            events: Events::default(),
        }
    }

    fn read(&mut self, collector: &mut Collector<'_>) {
        loop {
            match collector.next_piece() {
                Ok(Some(piece)) => self.take(piece, collector.units()),
                Ok(None) => return,
                Err(error) => return self.io(collector.offset(), &error),
            }
        }
    }

    fn take(&mut self, piece: Piece, units: Units) {
        match piece {
            Piece::Root(Root::FirewallState) => self.unsupported("wfpstate", "firewallState"),
            Piece::Root(root) => self.begin(root),
            Piece::TimeStamp(text) => self.time_stamp = instant(&text),
            Piece::Item(item) => self.item(&item, units),
            Piece::Broken(item) => self.broken(&item, units),
            Piece::Cut(item) => self.cut(&item),
        }
    }

    /// A root element: what comes is another snapshot. One without items needs no record.
    fn begin(&mut self, root: Root) {
        self.close();
        self.root = Some(root);
        self.time_stamp = None;
    }

    fn item(&mut self, item: &Item, units: Units) {
        let span = self.span(item);
        if item.kept.dropped > 0 {
            return self.issue(span, oversized(item));
        }
        let text = units.decode(&item.kept.bytes);
        match Element::parse(&text) {
            Ok(element) => self.element(item.kind, &element, span, &text),
            Err(error) => self.malformed(span, &format!("{error}: {}", quote(&text))),
        }
    }

    fn element(&mut self, kind: ItemKind, element: &Element, span: Span, text: &str) {
        if kind == ItemKind::NetworkEvent {
            return self.network_event(element, span, text);
        }
        let snapshot = self.snapshot(span);
        let record = match kind {
            ItemKind::Filter => filter(element, span, snapshot, &mut self.shared).map(Record::Filter),
            ItemKind::Layer => self.layer(element, span, snapshot),
            ItemKind::NetworkEvent => None,
        };
        let Some(record) = record else {
            return self.malformed(span, &format!("no identifier: {}", quote(text)));
        };
        if let (Some(open), Record::Filter(_)) = (&mut self.open, &record) {
            open.filters = open.filters.saturating_add(1);
        }
        self.sink.record(record);
    }

    /// A network event has a time of its own and belongs to no snapshot.
    fn network_event(&mut self, element: &Element, span: Span, text: &str) {
        let event = match network_event(element, span, &mut self.shared) {
            Told::Decision(event) => event,
            Told::Other => {
                self.events.others = self.events.others.saturating_add(1);
                return;
            }
            Told::Nothing => return self.malformed(span, &format!("no time or no type: {}", quote(text))),
        };
        let events = &mut self.events;
        events.read = events.read.saturating_add(1);
        events.first = Some(events.first.map_or(event.time, |first| first.min(event.time)));
        events.last = Some(events.last.map_or(event.time, |last| last.max(event.time)));
        self.sink.record(Record::Connection(*event));
    }

    fn layer(&mut self, element: &Element, span: Span, snapshot: u32) -> Option<Record> {
        Some(Record::FilterLayer(FilterLayer {
            span,
            snapshot,
            id: element.text_at(&["layerId"])?.parse().ok()?,
            key: self.shared.share(element.text_at(&["layerKey"])?),
            name: element
                .text_at(&["displayData", "name"])
                .map(|name| self.shared.share(name)),
        }))
    }

    fn broken(&mut self, item: &Item, units: Units) {
        let span = self.span(item);
        let text = quote(&units.decode(&item.kept.bytes));
        self.malformed(span, &format!("no end: {text}"));
    }

    fn cut(&mut self, item: &Item) {
        let span = self.span(item);
        let kind = IssueKind::Truncated {
            field: "wfp.item",
            needed: u64::from(span.length).saturating_add(1),
            available: u64::from(span.length),
        };
        self.issue(span, kind);
    }

    /// The next item's place. Items are numbered through the file, good and bad ones.
    fn span(&mut self, item: &Item) -> Span {
        let length = (item.kept.bytes.len() as u64).saturating_add(item.kept.dropped);
        let position = Position::Item(self.next_item);
        self.next_item = self.next_item.saturating_add(1);
        Span {
            evidence: self.evidence,
            position,
            offset: item.kept.start,
            length: u32::try_from(length).unwrap_or(u32::MAX),
        }
    }

    /// The number of the open snapshot; opens one at its first item.
    fn snapshot(&mut self, first: Span) -> u32 {
        if let Some(open) = &self.open {
            return open.number;
        }
        let number = self.next_snapshot;
        self.next_snapshot = self.next_snapshot.saturating_add(1);
        let (time, time_source, uncertainty) = match (self.time_stamp, self.modified) {
            (Some(stated), _) => (Some(stated), TimeSource::Stated, DUMP_DURATION),
            (None, Some(modified)) => (Some(modified), TimeSource::FileModified, FILE_TIME_UNCERTAINTY),
            (None, None) => (None, TimeSource::None, Nanoseconds::ZERO),
        };
        let state = self.root == Some(Root::State);
        self.sink.record(Record::Snapshot(Snapshot {
            span: first,
            number,
            tool: if state {
                ListingTool::WfpState
            } else {
                ListingTool::WfpFilters
            },
            time,
            time_source,
            uncertainty,
            host: None,
            has_owners: false,
        }));
        self.open = Some(Open {
            number,
            time,
            filters: 0,
        });
        number
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        self.sink.record(Record::Range(SourceRange {
            evidence: self.evidence,
            source: SourceKind::FilterDump,
            host: None,
            interface: None,
            first: open.time,
            last: open.time,
            units: open.filters,
            lost: None,
            clock: None,
            session: None,
        }));
    }

    fn finish(mut self) {
        self.close();
        self.close_events();
        if self.events.others > 0 {
            let found = format!("{} network events of other types", self.events.others);
            self.unsupported("netEvent.type", &found);
        } else if self.next_item == 1 {
            self.unsupported("wfp.dump", "no filter in it");
        }
    }

    /// What the network events covered. The platform keeps the most recent ones and does not say how many it gave up.
    fn close_events(&mut self) {
        if self.events.read == 0 {
            return;
        }
        self.sink.record(Record::Range(SourceRange {
            evidence: self.evidence,
            source: SourceKind::NetworkEvents,
            host: None,
            interface: None,
            first: self.events.first,
            last: self.events.last,
            units: self.events.read,
            lost: None,
            clock: None,
            session: None,
        }));
    }

    fn malformed(&mut self, span: Span, found: &str) {
        let kind = IssueKind::Malformed {
            field: "wfp.item",
            found: found.into(),
        };
        self.issue(span, kind);
    }

    fn unsupported(&mut self, field: &'static str, found: &str) {
        let kind = IssueKind::Unsupported {
            field,
            found: found.into(),
        };
        self.issue(Span::whole(self.evidence), kind);
    }

    fn io(&mut self, offset: u64, error: &io::Error) {
        let span = Span {
            offset,
            ..Span::whole(self.evidence)
        };
        let kind = IssueKind::Io {
            message: error.to_string().into(),
        };
        self.issue(span, kind);
    }

    fn issue(&mut self, span: Span, kind: IssueKind) {
        self.sink.issue(Issue { span, kind });
    }
}

fn oversized(item: &Item) -> IssueKind {
    IssueKind::BoundReached {
        bound: "largest item in bytes",
        limit: LARGEST_ITEM_BYTES as u64,
        count: item.kept.dropped,
    }
}

/// The beginning of an item on one line.
fn quote(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(QUOTED_CHARACTERS).collect();
    words.join(" ").chars().take(QUOTED_CHARACTERS).collect()
}

/// A time as dumps write it: ISO 8601 in UTC.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let instant: jiff::Timestamp = text.parse().ok()?;
    i64::try_from(instant.as_nanosecond())
        .ok()
        .map(Timestamp::from_nanoseconds)
}
