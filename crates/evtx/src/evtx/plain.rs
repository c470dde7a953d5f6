//! Reads a chunk's events without rendering them, as far as they are in the plain shape.

use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::RandomState;
use whotalks_record::{ClockBasis, Position, Span, Text};

use super::instance;
use super::template::{self, Content, Template};
use super::value::{BIN_XML, NotPlain, STRING, TypedBytes};
use super::walk::{RECORD_HEADER_BYTES, RECORD_TRAILER_BYTES, RawRecord, Walk};
use crate::collect::EventSink;
use crate::raw::{EventTime, FieldSource, RawEvent, Value, believable, decode_utf16};

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
        templates: HashMap::default(),
        names: Names::default(),
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
    templates: HashMap<u32, Option<Rc<Template>>, RandomState>,
    /// The names of the event before.
    names: Names<'c>,
    /// Values of the event's head and body, kept to reuse their memory.
    head: Vec<TypedBytes<'c>>,
    body: Vec<TypedBytes<'c>>,
}

impl<'c> Plain<'c> {
    fn record(&mut self, record: RawRecord, sink: &mut impl EventSink) -> Result<(), NotPlain> {
        let mut head = std::mem::take(&mut self.head);
        let mut body = std::mem::take(&mut self.body);
        head.clear();
        body.clear();
        let outcome = self.read(record, &mut head, &mut body, sink);
        (self.head, self.body) = (head, body);
        outcome
    }

    /// Reads one record into `head` and `body`, which are empty.
    fn read(
        &mut self,
        record: RawRecord,
        head: &mut Vec<TypedBytes<'c>>,
        body: &mut Vec<TypedBytes<'c>>,
        sink: &mut impl EventSink,
    ) -> Result<(), NotPlain> {
        let chunk = self.chunk;
        let span = self.span_of(record);
        let definition = instance::read(chunk, record.start + RECORD_HEADER_BYTES, record.end, head)?;
        let template = self.template(definition, sink)?;
        let names = self.names.of(&template, head)?;
        let mut event = head_of(&template, head, &names)?;
        event.time = believable(event.time, record.written);
        if !sink.wants(&event) {
            sink.event(&event, span);
            return Ok(());
        }
        let mut parts = Parts {
            head: Part::new(&template, head)?,
            body: None,
        };
        let nested;
        if let Some((start, end)) = nested_stream(chunk, &template, head)? {
            let definition = instance::read(chunk, start, end, body)?;
            nested = self.template(definition, sink)?;
            if nested.body.is_some() {
                return Err(NotPlain);
            }
            parts.body = Some(Part::new(&nested, body)?);
        }
        event.unread = Some(&parts);
        sink.event(&event, span);
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
}

/// Where the event's body lies in the chunk, where it is a token stream of its own.
fn nested_stream(chunk: &[u8], head: &Template, values: &[TypedBytes<'_>]) -> Result<Option<(usize, usize)>, NotPlain> {
    let Some(value) = head.body.and_then(|gap| values.get(usize::from(gap))) else {
        return Ok(None);
    };
    match value.kind {
        0 => Ok(None),
        BIN_XML if value.bytes.is_empty() => Ok(None),
        BIN_XML => {
            let start = value.bytes.as_ptr().addr().checked_sub(chunk.as_ptr().addr());
            let start = start.ok_or(NotPlain)?;
            Ok(Some((start, start + value.bytes.len())))
        }
        _ => Err(NotPlain),
    }
}

/// The last texts of provider, channel and computer, which mostly are those of the next event.
#[derive(Default)]
struct Names<'c>([Name<'c>; 3]);

/// A text and how it lies in the chunk.
#[derive(Default)]
struct Name<'c> {
    bytes: &'c [u8],
    text: Text,
}

impl<'c> Names<'c> {
    /// Provider, channel and computer of an event.
    fn of(&mut self, template: &Template, values: &[TypedBytes<'c>]) -> Result<[Text; 3], NotPlain> {
        let [provider, channel, computer] = &mut self.0;
        Ok([
            provider.of(template.provider.as_ref(), values)?,
            channel.of(template.channel.as_ref(), values)?,
            computer.of(template.computer.as_ref(), values)?,
        ])
    }
}

impl<'c> Name<'c> {
    fn of(&mut self, content: Option<&Content>, values: &[TypedBytes<'c>]) -> Result<Text, NotPlain> {
        let value = match content {
            None => return Ok(Text::default()),
            Some(Content::Literal(text)) => return Ok(text.clone()),
            Some(Content::Gap(gap)) => values.get(usize::from(*gap)),
        };
        match value {
            Some(TypedBytes { kind: STRING, bytes }) => {
                if self.bytes != *bytes {
                    *self = Self {
                        bytes,
                        text: decode_utf16(bytes).into(),
                    };
                }
                Ok(self.text.clone())
            }
            Some(other) => Ok(other.neutral()?.map(|value| value.text().into()).unwrap_or_default()),
            None => Ok(Text::default()),
        }
    }
}

fn head_of<'v>(
    template: &'v Template,
    values: &[TypedBytes<'v>],
    [provider, channel, computer]: &'v [Text; 3],
) -> Result<RawEvent<'v>, NotPlain> {
    let number = |content| number_of(content, values);
    Ok(RawEvent {
        time: time_of(template.time.as_ref(), values)?,
        provider: (&**provider).into(),
        channel: (&**channel).into(),
        computer: (&**computer).into(),
        event_id: number(template.event_id.as_ref())?
            .and_then(|number| u32::try_from(number).ok())
            .ok_or(NotPlain)?,
        record_id: number(template.record_id.as_ref())?,
        writer: number(template.writer.as_ref())?.and_then(|number| u32::try_from(number).ok()),
        fields: Vec::new(),
        unread: None,
    })
}

fn value_of<'v>(content: &'v Content, values: &[TypedBytes<'v>]) -> Result<Option<Value<'v>>, NotPlain> {
    match content {
        Content::Literal(text) => Ok(Some(Value::Text((&**text).into()))),
        Content::Gap(gap) => values.get(usize::from(*gap)).map_or(Ok(None), |value| value.neutral()),
    }
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

/// A template and the values for its gaps.
#[derive(Debug)]
struct Part<'v> {
    template: &'v Template,
    values: &'v [TypedBytes<'v>],
}

impl<'v> Part<'v> {
    /// The part, where all its fields are plain.
    fn new(template: &'v Template, values: &'v [TypedBytes<'v>]) -> Result<Self, NotPlain> {
        let gaps = template.fields.iter().filter_map(|(_, content)| match content {
            Content::Gap(gap) => values.get(usize::from(*gap)),
            Content::Literal(_) => None,
        });
        for value in gaps {
            // Windows prints times of day in fields in its own way.
            if let Some(Value::Time(_)) = value.neutral()? {
                return Err(NotPlain);
            }
        }
        Ok(Self { template, values })
    }

    fn value(&self, content: &'v Content) -> Option<Value<'v>> {
        value_of(content, self.values).ok().flatten()
    }

    fn find(&self, name: &str) -> Option<Value<'v>> {
        self.template.contents(name).find_map(|content| self.value(content))
    }
}

/// The fields of an event: those of its own template, then those of its body's.
#[derive(Debug)]
struct Parts<'v> {
    head: Part<'v>,
    body: Option<Part<'v>>,
}

impl FieldSource for Parts<'_> {
    fn find(&self, name: &str) -> Option<Value<'_>> {
        self.head.find(name).or_else(|| self.body.as_ref()?.find(name))
    }

    fn visit(&self, visit: &mut dyn FnMut(&str, &Value<'_>)) {
        for part in std::iter::once(&self.head).chain(&self.body) {
            for (name, content) in &part.template.fields {
                if let Some(value) = part.value(content) {
                    visit(name, &value);
                }
            }
        }
    }
}
