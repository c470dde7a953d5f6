//! Reading whole dumps and writing what was read, one line per record.

use std::fmt::Write as _;

use whotalks_record::{
    ConnectionEvent, Endpoint, EvidenceId, Filter, FilterLayer, Issue, Packet, Reader, Record, Sink, Snapshot, Source,
    SourceRange, Span, Timestamp,
};
use whotalks_wfp::WfpReader;

/// Everything a reader said.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Read {
    pub(crate) records: Vec<Record>,
    pub(crate) issues: Vec<Issue>,
}

impl Sink for Read {
    fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn packet(&mut self, _: &Packet<'_>) {
        panic!("a dump has no packets");
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

pub(crate) fn read(mut bytes: &[u8]) -> Read {
    let mut read = Read::default();
    let source = Source {
        evidence: EvidenceId(1),
        length: Some(bytes.len() as u64),
        bytes: &mut bytes,
        modified: Some(Timestamp::from_seconds(1_795_255_200, 0)),
    };
    WfpReader.read(source, &mut read);
    read
}

impl Read {
    pub(crate) fn filters(&self) -> Vec<&Filter> {
        self.records
            .iter()
            .filter_map(|record| match record {
                Record::Filter(filter) => Some(filter),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn layers(&self) -> Vec<&FilterLayer> {
        self.records
            .iter()
            .filter_map(|record| match record {
                Record::FilterLayer(layer) => Some(layer),
                _ => None,
            })
            .collect()
    }

    /// One line per record, condition and issue.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for record in &self.records {
            match record {
                Record::Snapshot(snapshot) => write_snapshot(&mut text, snapshot),
                Record::Filter(filter) => write_filter(&mut text, filter),
                Record::FilterLayer(layer) => write_layer(&mut text, layer),
                Record::Connection(event) => write_event(&mut text, event),
                Record::Range(range) => write_range(&mut text, range),
                other => panic!("no record of a dump: {other:?}"),
            }
        }
        for issue in &self.issues {
            writeln!(text, "issue {} {:?}", place(issue.span), issue.kind).unwrap();
        }
        text
    }
}

fn place(span: Span) -> String {
    format!("{} {}+{}", span, span.offset, span.length)
}

fn write_snapshot(text: &mut String, snapshot: &Snapshot) {
    let time = snapshot.time.map(Timestamp::nanoseconds);
    let (number, tool, source) = (snapshot.number, snapshot.tool, snapshot.time_source);
    writeln!(
        text,
        "snapshot {} {number} {tool:?} time {time:?} {source:?}",
        place(snapshot.span)
    )
    .unwrap();
}

fn write_filter(text: &mut String, filter: &Filter) {
    let show = |text: &Option<whotalks_record::Text>| text.as_deref().unwrap_or("-").to_owned();
    writeln!(
        text,
        "  filter {} {} {:?} {} name={:?} description={:?} provider={} rule={} layer={} sublayer={} weight={:?}",
        place(filter.span),
        filter.id.0,
        filter.action,
        show(&filter.key),
        show(&filter.name),
        show(&filter.description),
        show(&filter.provider),
        filter.rule.as_ref().map_or("-", |rule| &rule.0),
        show(&filter.layer),
        show(&filter.sublayer),
        filter.weight
    )
    .unwrap();
    for condition in &filter.conditions {
        writeln!(
            text,
            "    {} {} {}",
            condition.field, condition.comparison, condition.value
        )
        .unwrap();
    }
}

fn write_layer(text: &mut String, layer: &FilterLayer) {
    writeln!(
        text,
        "  layer {} {} {} {:?}",
        place(layer.span),
        layer.id,
        layer.key,
        layer.name
    )
    .unwrap();
}

fn write_event(text: &mut String, event: &ConnectionEvent) {
    let end = |end: Option<Endpoint>| end.map_or("-".to_owned(), |end| end.to_string());
    writeln!(
        text,
        "  event {} {} {:?} {:?} {} local {} remote {} filter {:?} layer {:?} origin {:?} image {}",
        place(event.span),
        event.time.nanoseconds(),
        event.kind,
        event.direction,
        event.protocol.map_or("-".to_owned(), |protocol| protocol.to_string()),
        end(event.local),
        end(event.remote),
        event.filter.map(|filter| filter.0),
        event.layer_id,
        event.filter_origin.as_ref().map(|origin| &origin.0),
        event.image.as_deref().unwrap_or("-")
    )
    .unwrap();
}

fn write_range(text: &mut String, range: &SourceRange) {
    writeln!(text, "range {:?} units {}", range.source, range.units).unwrap();
}
