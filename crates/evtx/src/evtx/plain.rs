//! Reads a chunk's events without rendering them, as far as they are in the plain shape.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use whotalks_record::{ClockBasis, Position, Span};

use super::instance;
use super::template::{self, Content, Template};
use super::value::{BIN_XML, NotPlain, TypedBytes};
use super::walk::{RECORD_HEADER_BYTES, RECORD_TRAILER_BYTES, RawRecord, Walk};
use crate::collect::EventSink;
use crate::raw::{EventTime, Field, RawEvent, Value, believable};

/// How far the plain reading came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All events were read.
    Complete,
    /// The record at this offset, or the chain there, is not plain; nothing from there on was read.
    StoppedAt(usize),
}

/// Reads events until one is not plain. `span` is that of the chunk.
pub(super) fn read(chunk: &[u8], span: Span, sink: &mut impl EventSink) -> Outcome {
    let Ok(mut walk) = Walk::new(chunk) else {
        return Outcome::StoppedAt(0);
    };
    let mut events = Plain {
        chunk,
        span,
        templates: HashMap::new(),
        head: Vec::new(),
        body: Vec::new(),
    };
    loop {
        let start = walk.position();
        let outcome = match walk.next_record() {
            Ok(Some(record)) => events.record(record, sink),
            Ok(None) => return Outcome::Complete,
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            return Outcome::StoppedAt(start);
        }
    }
}

struct Plain<'c> {
    chunk: &'c [u8],
    span: Span,
    /// The chunk's templates by their offset.
    templates: HashMap<u32, Option<Rc<Template>>>,
    /// Values of the event's head and body, kept to reuse their memory.
    head: Vec<TypedBytes<'c>>,
    body: Vec<TypedBytes<'c>>,
}

impl<'c> Plain<'c> {
    fn record(&mut self, record: RawRecord, sink: &mut impl EventSink) -> Result<(), NotPlain> {
        self.head.clear();
        let definition = instance::read(
            self.chunk,
            record.start + RECORD_HEADER_BYTES,
            record.end,
            &mut self.head,
        )?;
        let head = self.template(definition, sink)?;
        let mut event = head_of(&head, &self.head)?;
        event.time = believable(event.time, record.written);
        if !sink.wants(&event) {
            sink.event(&event, self.span_of(record));
            return Ok(());
        }
        add_fields(&head, &self.head, &mut event)?;
        if let Some((start, end)) = self.nested(&head)? {
            self.body.clear();
            let definition = instance::read(self.chunk, start, end, &mut self.body)?;
            let body = self.template(definition, sink)?;
            if body.body.is_some() {
                return Err(NotPlain);
            }
            add_fields(&body, &self.body, &mut event)?;
            sink.event(&event, self.span_of(record));
            return Ok(());
        }
        sink.event(&event, self.span_of(record));
        Ok(())
    }

    fn span_of(&self, record: RawRecord) -> Span {
        let length = record.end + RECORD_TRAILER_BYTES - record.start;
        Span {
            evidence: self.span.evidence,
            position: Position::Record(record.number),
            offset: self.span.offset + record.start as u64,
            length: u32::try_from(length).unwrap_or(u32::MAX),
        }
    }

    fn template(&mut self, definition: u32, sink: &mut impl EventSink) -> Result<Rc<Template>, NotPlain> {
        let chunk = self.chunk;
        let known = self
            .templates
            .entry(definition)
            .or_insert_with(|| template::read(chunk, definition, sink.texts()).map(Rc::new));
        known.clone().ok_or(NotPlain)
    }

    /// Where the event's body lies in the chunk, where it is a token stream of its own.
    fn nested(&self, head: &Template) -> Result<Option<(usize, usize)>, NotPlain> {
        let Some(value) = head.body.and_then(|gap| self.head.get(usize::from(gap))) else {
            return Ok(None);
        };
        match value.kind {
            0 => Ok(None),
            BIN_XML if value.bytes.is_empty() => Ok(None),
            BIN_XML => {
                let start = value.bytes.as_ptr().addr().checked_sub(self.chunk.as_ptr().addr());
                let start = start.ok_or(NotPlain)?;
                Ok(Some((start, start + value.bytes.len())))
            }
            _ => Err(NotPlain),
        }
    }
}

fn head_of<'v>(template: &'v Template, values: &[TypedBytes<'v>]) -> Result<RawEvent<'v>, NotPlain> {
    let number = |content| number_of(content, values);
    Ok(RawEvent {
        time: time_of(template.time.as_ref(), values)?,
        provider: text_of(template.provider.as_ref(), values)?,
        channel: text_of(template.channel.as_ref(), values)?,
        computer: text_of(template.computer.as_ref(), values)?,
        event_id: number(template.event_id.as_ref())?
            .and_then(|number| u32::try_from(number).ok())
            .ok_or(NotPlain)?,
        record_id: number(template.record_id.as_ref())?,
        fields: Vec::new(),
    })
}

fn value_of<'v>(content: &'v Content, values: &[TypedBytes<'v>]) -> Result<Option<Value<'v>>, NotPlain> {
    match content {
        Content::Literal(text) => Ok(Some(Value::Text((&**text).into()))),
        Content::Gap(gap) => values.get(usize::from(*gap)).map_or(Ok(None), |value| value.neutral()),
    }
}

fn text_of<'v>(content: Option<&'v Content>, values: &[TypedBytes<'v>]) -> Result<Cow<'v, str>, NotPlain> {
    let value = content.map_or(Ok(None), |content| value_of(content, values))?;
    Ok(value.map(Value::into_text).unwrap_or_default())
}

fn number_of(content: Option<&Content>, values: &[TypedBytes<'_>]) -> Result<Option<u64>, NotPlain> {
    let value = content.map_or(Ok(None), |content| value_of(content, values))?;
    Ok(value.and_then(|value| value.number()))
}

fn time_of(content: Option<&Content>, values: &[TypedBytes<'_>]) -> Result<Option<EventTime>, NotPlain> {
    match content.map_or(Ok(None), |content| value_of(content, values))? {
        Some(Value::Time(time)) => Ok(Some(EventTime {
            time,
            basis: ClockBasis::Event,
            exported: false,
        })),
        Some(_) => Err(NotPlain),
        None => Ok(None),
    }
}

fn add_fields<'v>(template: &'v Template, values: &[TypedBytes<'v>], event: &mut RawEvent<'v>) -> Result<(), NotPlain> {
    event.fields.reserve(template.fields.len());
    for (name, content) in &template.fields {
        match value_of(content, values)? {
            // Windows prints times of day in fields in its own way.
            Some(Value::Time(_)) => return Err(NotPlain),
            Some(value) => event.fields.push(Field {
                name: (&**name).into(),
                value,
            }),
            None => {}
        }
    }
    Ok(())
}
