//! Events as XML: `wevtutil qe /f:xml` with or without `/e:root`, and PowerShell's `Get-WinEvent | ConvertTo-Xml`.

mod elements;
mod event;
mod object;
mod root;

pub(crate) use event::parse_event;

use std::io::Read;

use whotalks_record::{EvidenceId, IssueKind, Position, Reader, Sink, Source, Span};

use crate::collect::{Collector, Delivery, EventSink};
use crate::text::TextStream;
use elements::{Element, ElementKind, Elements};

/// Events gathered before they are delivered: enough to pay for a batch, little memory.
const EVENTS_PER_BATCH: usize = 1_024;

/// Reads events exported as XML.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventXmlReader;

impl Reader for EventXmlReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let mut delivery = Delivery::new(source.evidence, sink);
        let mut collector = Collector::new();
        let mut elements = Elements::new(TextStream::new(source.bytes));
        let mut count = 0;
        while let Some(element) = elements.next_element() {
            take(source.evidence, &element, &mut collector);
            count += 1;
            if count % EVENTS_PER_BATCH == 0 {
                delivery.batch(collector.take());
            }
        }
        for (offset, kind) in elements.into_issues() {
            let span = Span {
                offset,
                ..Span::whole(source.evidence)
            };
            collector.issue(span, kind);
        }
        delivery.batch(collector.take());
        delivery.finish();
    }
}

fn take(evidence: EvidenceId, element: &Element, collector: &mut Collector) {
    let event = match element.kind {
        ElementKind::Event => parse_event(&element.text),
        ElementKind::Object => object::parse(&element.text),
    };
    let mut span = Span {
        evidence,
        position: Position::Item(element.number),
        offset: element.offset,
        length: element.length,
    };
    match event {
        Some(event) => {
            if let Some(number) = event.record_id {
                span.position = Position::Record(number);
            }
            collector.event(&event, span);
        }
        None => collector.issue(
            span,
            IssueKind::Malformed {
                field: "event",
                found: "an element without System/EventID".into(),
            },
        ),
    }
}

/// The most events shown for one number: a file may join logs whose numbers overlap.
const MOST_MATCHES: usize = 8;

/// The text of the events with this number, as it lies.
pub(crate) fn explain(source: &mut dyn Read, position: Position) -> Option<String> {
    let mut elements = Elements::new(TextStream::new(source));
    let mut found = Vec::new();
    while let Some(element) = elements.next_element() {
        let event = match element.kind {
            ElementKind::Event => parse_event(&element.text),
            ElementKind::Object => object::parse(&element.text),
        };
        let number = event.and_then(|event| event.record_id);
        let own = number.map_or(Position::Item(element.number), Position::Record);
        if own == position {
            found.push(element.text);
        }
        if found.len() >= MOST_MATCHES {
            break;
        }
    }
    (!found.is_empty()).then(|| found.join("\n"))
}
