//! From spans to citations: a word, a file and a time for every proof.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_correlate::Observed;
use whotalks_record::{EvidenceId, ListingTool, Position, Span, Text, Timestamp};

use crate::Citation;
use crate::sources::Sources;

/// Spans to be cited, in order and without repetition, bounded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proof {
    spans: Vec<Span>,
}

/// Puts words to the spans of one report.
pub(crate) struct Citer<'a> {
    sources: Sources<'a>,
    known: FxHashMap<Span, (Text, Option<Timestamp>)>,
    /// File names by evidence, since thousands of citations share one.
    files: FxHashMap<EvidenceId, Text>,
    /// The words of [`what_of`], shared likewise.
    words: FxHashMap<&'static str, Text>,
    packets: FxHashMap<Span, Timestamp>,
}

impl Proof {
    /// The most places that prove one row; `explain` and the tables have the rest.
    const MOST: usize = 6;

    pub(crate) fn add(&mut self, spans: impl IntoIterator<Item = Span>) {
        for span in spans {
            if self.spans.len() < Self::MOST && !self.spans.contains(&span) {
                self.spans.push(span);
            }
        }
    }

    pub(crate) fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut proof = Self::default();
        proof.add(spans);
        proof
    }

    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }
}

impl<'a> Citer<'a> {
    /// Looks up all spans that are going to be cited, in one pass over what was observed. `packets` gives the times of packets,
    /// which are no records.
    pub(crate) fn new(sources: Sources<'a>, wanted: &FxHashSet<Span>, packets: FxHashMap<Span, Timestamp>) -> Self {
        let mut known = FxHashMap::default();
        for (span, what, time) in described(sources.observed) {
            if wanted.contains(&span) {
                known.insert(span, (what(), time));
            }
        }
        let files = sources.evidence.iter().map(|line| (line.id, sources.file(line.id)));
        Self {
            sources,
            known,
            files: files.collect(),
            words: WORDS.map(|word| (word, word.into())).into_iter().collect(),
            packets,
        }
    }

    pub(crate) fn cite(&self, proof: &Proof) -> Vec<Citation> {
        proof.spans.iter().map(|span| self.citation(*span)).collect()
    }

    fn word(&self, word: &'static str) -> Text {
        self.words.get(word).map_or_else(|| word.into(), Text::clone)
    }

    pub(crate) fn citation(&self, span: Span) -> Citation {
        let file = self
            .files
            .get(&span.evidence)
            .map_or_else(|| self.sources.file(span.evidence), Text::clone);
        match self.known.get(&span) {
            Some((what, time)) => Citation {
                span,
                file,
                what: Text::clone(what),
                time: *time,
            },
            None => Citation {
                span,
                file,
                what: self.word(what_of(span)),
                time: self.packets.get(&span).copied(),
            },
        }
    }
}

/// All that [`what_of`] says.
const WORDS: [&str; 5] = ["packet", "event", "line", "item", "file"];

fn what_of(span: Span) -> &'static str {
    match span.position {
        Position::Packet(_) => "packet",
        Position::Record(_) => "event",
        Position::Line(_) => "line",
        Position::Item(_) => "item",
        Position::Whole => "file",
    }
}

type Described<'a> = (Span, Box<dyn Fn() -> Text + 'a>, Option<Timestamp>);

/// Every record that can be cited, with its word (made only when wanted) and its time.
fn described(observed: &Observed) -> impl Iterator<Item = Described<'_>> {
    let connections = observed.connections.iter().map(|event| {
        let kind = event.kind;
        describe(event.span, move || crate::words::event_word(kind), Some(event.time))
    });
    let traces: BTreeSet<EvidenceId> = crate::words::traces(observed.ranges.iter());
    let processes = observed.processes.iter().map(move |event| {
        let is_traced = traces.contains(&event.span.evidence);
        let word = move || crate::words::process_event(event, is_traced).into();
        describe(event.span, word, event.time)
    });
    let owners = observed.owners.iter();
    let owners = owners.map(|owner| describe(owner.span, || what_of(owner.span).into(), owner.time));
    let resolver = observed.resolver.iter().map(|event| {
        let word = move || crate::words::resolver_event(event).into();
        describe(event.span, word, Some(event.time))
    });
    let requests = observed.requests.iter().map(|request| {
        let word = move || request.stage.event_word().into();
        describe(request.span, word, Some(request.time))
    });
    let protection = observed.protection.iter().map(|event| {
        let word = move || format!("Defender {}", event.action.event_id()).into();
        describe(event.span, word, Some(event.time))
    });
    let sockets = observed.sockets.iter().map(move |socket| {
        let snapshot = observed.snapshot_of(socket.span, socket.snapshot);
        let tool = snapshot.map_or(ListingTool::WindowsNetstat, |snapshot| snapshot.tool);
        describe(
            socket.span,
            move || crate::words::tool(tool).into(),
            snapshot.and_then(|snapshot| snapshot.time),
        )
    });
    let filters = observed
        .filters
        .iter()
        .map(|filter| describe(filter.span, || "filter".into(), filter.time));
    let hosts = observed
        .host_events
        .iter()
        .map(|event| describe(event.span, || "event".into(), Some(event.time)));
    let dns = observed
        .dns
        .iter()
        .map(|one| describe(one.span, || "DNS".into(), one.answered.or(one.asked)));
    let listed = move |span: Span, number: u32| {
        let snapshot = observed.snapshot_of(span, number);
        let tool = snapshot.map_or(ListingTool::Ipconfig, |snapshot| snapshot.tool);
        let time = snapshot.and_then(|snapshot| snapshot.time);
        describe(span, move || crate::words::tool(tool).into(), time)
    };
    let facts = observed
        .device_facts
        .iter()
        .map(move |fact| listed(fact.span, fact.snapshot));
    let cached = observed
        .cached_names
        .iter()
        .map(move |name| listed(name.span, name.snapshot));
    owners
        .chain(connections)
        .chain(processes)
        .chain(resolver)
        .chain(requests)
        .chain(protection)
        .chain(sockets)
        .chain(filters)
        .chain(hosts)
        .chain(dns)
        .chain(facts)
        .chain(cached)
}

fn describe<'a>(span: Span, what: impl Fn() -> Text + 'a, time: Option<Timestamp>) -> Described<'a> {
    (span, Box::new(what), time)
}
