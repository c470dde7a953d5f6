//! Events as JSON, one object per line or in arrays: NXLog, Winlogbeat, `evtx_dump`, Velociraptor and `ConvertTo-Json`.

mod fields;
mod flat;
mod object;
mod objects;
mod system;
mod winlogbeat;

use std::io::Read;

use whotalks_record::{EvidenceId, IssueKind, Position, Reader, Sink, Source, Span};

use crate::collect::{Collector, Delivery, EventSink};
use crate::text::TextStream;
use objects::{Object, Objects};

/// Events gathered before they are delivered.
const EVENTS_PER_BATCH: usize = 1_024;

/// The most issues about single objects; further ones are counted.
const MOST_ISSUES: u64 = 1_000;

/// Reads events exported as JSON.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventJsonReader;

impl Reader for EventJsonReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let mut delivery = Delivery::new(source.evidence, sink);
        let mut taken = Taken {
            evidence: source.evidence,
            collector: Collector::new(),
            refused: 0,
        };
        let mut objects = Objects::new(TextStream::new(source.bytes));
        let mut count = 0;
        while let Some(object) = objects.next_object() {
            taken.object(&object);
            count += 1;
            if count % EVENTS_PER_BATCH == 0 {
                delivery.batch(taken.collector.take());
            }
        }
        let whole = Span::whole(source.evidence);
        for (offset, kind) in objects.into_issues() {
            taken.collector.issue(Span { offset, ..whole }, kind);
        }
        if let Some(count) = taken.refused.checked_sub(MOST_ISSUES).filter(|count| *count > 0) {
            taken.collector.issue(whole, IssueKind::Skipped { unit: "line", count });
        }
        delivery.batch(taken.collector.take());
        delivery.finish();
    }
}

struct Taken {
    evidence: EvidenceId,
    collector: Collector,
    refused: u64,
}

impl Taken {
    fn object(&mut self, object: &Object) {
        let mut span = Span {
            evidence: self.evidence,
            position: Position::Line(object.line),
            offset: object.offset,
            length: object.length,
        };
        match serde_json::from_str::<serde_json::Value>(&object.text) {
            Ok(value) => match object::parse(&value) {
                Some(event) => {
                    if let Some(number) = event.record_id {
                        span.position = Position::Record(number);
                    }
                    self.collector.event(&event, span);
                }
                None => self.refuse(span, "an object without an event identifier"),
            },
            Err(error) => self.refuse(span, &error.to_string()),
        }
    }

    fn refuse(&mut self, span: Span, found: &str) {
        self.refused += 1;
        if self.refused <= MOST_ISSUES {
            let kind = IssueKind::Malformed {
                field: "event",
                found: found.into(),
            };
            self.collector.issue(span, kind);
        }
    }
}

/// The most events shown for one number: a file may join logs whose numbers overlap.
const MOST_MATCHES: usize = 8;

/// The text of the events with this number or line, as it lies.
pub(crate) fn explain(source: &mut dyn Read, position: Position) -> Option<String> {
    let mut objects = Objects::new(TextStream::new(source));
    let mut found = Vec::new();
    while let Some(object) = objects.next_object() {
        let number = serde_json::from_str::<serde_json::Value>(&object.text)
            .ok()
            .and_then(|value| object::parse(&value)?.record_id);
        let own = number.map_or(Position::Line(object.line), Position::Record);
        if own == position {
            found.push(object.text);
        }
        if found.len() >= MOST_MATCHES {
            break;
        }
    }
    (!found.is_empty()).then(|| found.join("\n"))
}
