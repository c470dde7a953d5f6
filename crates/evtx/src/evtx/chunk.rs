//! The events of one chunk.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use evtx::binxml::BinXmlTemplateValues;
use evtx::{EvtxChunk, EvtxChunkData, EvtxRecord, ParserSettings};
use whotalks_record::{ClockBasis, EvidenceId, IssueKind, Position, Span, Timestamp};

use super::blocks::{Block, CHUNK_BYTES};
use super::template::{self, Content, Template};
use super::value::{NeedsRendering, neutral};
use crate::collect::EventSink;
use crate::raw::{EventTime, Field, RawEvent, Value};
use crate::xml;

/// Times before this are unset: exporters leave FILETIME 0 (1601) or the Unix epoch in record headers.
const EARLIEST_BELIEVABLE: Timestamp = Timestamp::from_seconds(315_532_800, 0);

/// Where the string and template tables of a chunk header lie. Source: libyal EVTX 3.1.
const TABLES: std::ops::Range<usize> = 128..512;

/// Size of a record's header before its BinXml.
const RECORD_HEADER_BYTES: u64 = 24;

pub(super) static SETTINGS: LazyLock<Arc<ParserSettings>> =
    LazyLock::new(|| Arc::new(ParserSettings::default().indent(false)));

/// Decodes a chunk. A panic in the parser loses the chunk and nothing else.
pub(super) fn decode_guarded(evidence: EvidenceId, block: Block, sink: &mut impl EventSink) {
    let offset = block.offset;
    let length = block.data.len();
    let outcome = catch_unwind(AssertUnwindSafe(|| decode(evidence, block, sink)));
    if outcome.is_err() {
        let kind = IssueKind::Skipped {
            unit: "chunk",
            count: 1,
        };
        sink.issue(chunk_span(evidence, offset, length), kind);
    }
}

fn chunk_span(evidence: EvidenceId, offset: u64, length: usize) -> Span {
    Span {
        evidence,
        position: Position::Whole,
        offset,
        length: u32::try_from(length).unwrap_or(u32::MAX),
    }
}

fn decode(evidence: EvidenceId, block: Block, sink: &mut impl EventSink) {
    let span = chunk_span(evidence, block.offset, block.data.len());
    if block.data.len() < CHUNK_BYTES {
        let kind = IssueKind::Truncated {
            field: "chunk",
            needed: CHUNK_BYTES as u64,
            available: block.data.len() as u64,
        };
        sink.issue(span, kind);
    }
    let complete = block.data.len() == CHUNK_BYTES;
    let mut data = match EvtxChunkData::new(block.data, false) {
        Ok(data) => data,
        Err(error) => return sink.issue(span, malformed("chunk.header", &error)),
    };
    if complete && !data.validate_checksum() {
        let found = "the CRC32 is another; the log was copied while in use, or is damaged".into();
        let field = "chunk.checksum";
        sink.issue(span, IssueKind::Malformed { field, found });
    }
    let error = match data.parse(SETTINGS.clone()) {
        Ok(mut chunk) => return Events::new(span, sink).run(&mut chunk),
        Err(error) => error,
    };
    // Only the tables of names are damaged; names are also found without them.
    sink.issue(span, malformed("chunk.string_table", &error));
    if let Some(tables) = data.data.get_mut(TABLES) {
        tables.fill(0);
    }
    if let Ok(mut data) = EvtxChunkData::new(data.data, false)
        && let Ok(mut chunk) = data.parse(SETTINGS.clone())
    {
        Events::new(span, sink).run(&mut chunk);
    }
}

fn malformed(field: &'static str, error: &dyn std::error::Error) -> IssueKind {
    IssueKind::Malformed {
        field,
        found: error_chain(error).into(),
    }
}

fn error_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Decodes the records of one chunk.
struct Events<'s, S> {
    chunk: Span,
    sink: &'s mut S,
    templates: HashMap<u32, Option<Rc<Template>>>,
    damaged: u64,
}

impl<'s, S: EventSink> Events<'s, S> {
    fn new(chunk: Span, sink: &'s mut S) -> Self {
        Self {
            chunk,
            sink,
            templates: HashMap::new(),
            damaged: 0,
        }
    }

    fn run(mut self, chunk: &mut EvtxChunk<'_>) {
        for record in chunk.iter() {
            match record {
                Ok(record) => self.record(record),
                Err(error) => self.damaged(&error),
            }
        }
        if self.damaged > 0 {
            let kind = IssueKind::Skipped {
                unit: "record",
                count: self.damaged,
            };
            self.sink.issue(self.chunk, kind);
        }
    }

    /// Counts a damaged record; the first of a chunk is described.
    fn damaged(&mut self, error: &dyn std::error::Error) {
        if self.damaged == 0 {
            self.sink.issue(self.chunk, malformed("record", error));
        }
        self.damaged += 1;
    }

    fn record(&mut self, record: EvtxRecord<'_>) {
        let header_time = header_time(&record);
        let mut record = record;
        let span = Span {
            evidence: self.chunk.evidence,
            position: Position::Record(record.event_record_id),
            offset: self.chunk.offset + record.binxml_offset.saturating_sub(RECORD_HEADER_BYTES),
            length: record.binxml_size.saturating_add(28),
        };
        if self.direct(&mut record, span, header_time).is_err() {
            self.rendered(record, span, header_time);
        }
    }

    /// Reads the event through its templates.
    fn direct(
        &mut self,
        record: &mut EvtxRecord<'_>,
        span: Span,
        header_time: EventTime,
    ) -> Result<(), NeedsRendering> {
        let (template, values) = self.instance(record)?;
        let mut event = RawEvent {
            time: believable(time_of(template.time.as_ref(), &values)?, header_time),
            provider: text_of(template.provider.as_ref(), &values)?,
            channel: text_of(template.channel.as_ref(), &values)?,
            computer: text_of(template.computer.as_ref(), &values)?,
            event_id: number_of(template.event_id.as_ref(), &values)?
                .and_then(|number| u32::try_from(number).ok())
                .ok_or(NeedsRendering)?,
            record_id: number_of(template.record_id.as_ref(), &values)?,
            fields: Vec::new(),
        };
        if !self.sink.wants(&event) {
            self.sink.event(&event, span);
            return Ok(());
        }
        add_fields(&template, &values, &mut event)?;
        if let Some(gap) = template.body
            && let Some(evtx::binxml::value_variant::BinXmlValue::BinXmlType(bytes)) =
                values.values.get(usize::from(gap))
            && !bytes.is_empty()
        {
            record.binxml_offset = offset_in(record.chunk.data, bytes).ok_or(NeedsRendering)?;
            record.binxml_size = u32::try_from(bytes.len()).map_err(|_| NeedsRendering)?;
            let (body, body_values) = self.instance(record)?;
            if body.body.is_some() {
                return Err(NeedsRendering);
            }
            add_fields(&body, &body_values, &mut event)?;
            self.sink.event(&event, span);
            return Ok(());
        }
        self.sink.event(&event, span);
        Ok(())
    }

    /// The one template of a stream and its values.
    fn instance<'a>(
        &mut self,
        record: &EvtxRecord<'a>,
    ) -> Result<(Rc<Template>, BinXmlTemplateValues<'a>), NeedsRendering> {
        let instances = record.template_instances().map_err(|_| NeedsRendering)?;
        let mut instances = instances.into_iter();
        let (Some(values), None) = (instances.next(), instances.next()) else {
            return Err(NeedsRendering);
        };
        let interner = self.sink.interner();
        let template = self
            .templates
            .entry(values.template_def_offset)
            .or_insert_with(|| template::read(record.chunk.data, values.template_def_offset, interner).map(Rc::new));
        template
            .clone()
            .map(|template| (template, values))
            .ok_or(NeedsRendering)
    }

    /// Reads the event through its XML.
    fn rendered(&mut self, record: EvtxRecord<'_>, span: Span, header_time: EventTime) {
        match record.into_xml() {
            Ok(text) => match xml::parse_event(&text.data) {
                Some(mut event) => {
                    event.time = believable(event.time, header_time);
                    self.sink.event(&event, span);
                }
                None => self.damaged += 1,
            },
            Err(error) => self.damaged(&error),
        }
    }
}

/// When the log service wrote the record.
pub(super) fn header_time(record: &EvtxRecord<'_>) -> EventTime {
    EventTime {
        time: Timestamp::from_nanoseconds(i64::try_from(record.timestamp.as_nanosecond()).unwrap_or_default()),
        basis: ClockBasis::Event,
        exported: false,
    }
}

/// The event's own time, or that of its record where the event's is unset.
pub(super) fn believable(stated: Option<EventTime>, header: EventTime) -> Option<EventTime> {
    [stated, Some(header)]
        .into_iter()
        .flatten()
        .find(|time| time.time >= EARLIEST_BELIEVABLE)
}

/// Where a slice of a chunk begins in it.
fn offset_in(chunk: &[u8], slice: &[u8]) -> Option<u64> {
    let offset = (slice.as_ptr().addr()).checked_sub(chunk.as_ptr().addr())?;
    let end = offset.checked_add(slice.len())?;
    (end <= chunk.len()).then_some(offset as u64)
}

fn value_of<'v>(content: &'v Content, values: &BinXmlTemplateValues<'v>) -> Result<Option<Value<'v>>, NeedsRendering> {
    match content {
        Content::Literal(text) => Ok(Some(Value::Text((&**text).into()))),
        Content::Gap(gap) => values.values.get(usize::from(*gap)).map_or(Ok(None), neutral),
    }
}

fn text_of<'v>(
    content: Option<&'v Content>,
    values: &BinXmlTemplateValues<'v>,
) -> Result<std::borrow::Cow<'v, str>, NeedsRendering> {
    let value = content.map_or(Ok(None), |content| value_of(content, values))?;
    Ok(value.map(Value::into_text).unwrap_or_default())
}

fn number_of(content: Option<&Content>, values: &BinXmlTemplateValues<'_>) -> Result<Option<u64>, NeedsRendering> {
    let Some(content) = content else {
        return Ok(None);
    };
    match content {
        Content::Literal(text) => Ok(text.trim().parse().ok()),
        Content::Gap(gap) => match values.values.get(usize::from(*gap)) {
            Some(value) => Ok(neutral(value)?.and_then(|value| value.number())),
            None => Ok(None),
        },
    }
}

fn time_of(content: Option<&Content>, values: &BinXmlTemplateValues<'_>) -> Result<Option<EventTime>, NeedsRendering> {
    let Some(Content::Gap(gap)) = content else {
        return Ok(None);
    };
    let value = values.values.get(usize::from(*gap)).map_or(Ok(None), neutral)?;
    Ok(match value {
        Some(Value::Time(time)) => Some(EventTime {
            time,
            basis: ClockBasis::Event,
            exported: false,
        }),
        Some(_) => return Err(NeedsRendering),
        None => None,
    })
}

fn add_fields<'v>(
    template: &'v Template,
    values: &BinXmlTemplateValues<'v>,
    event: &mut RawEvent<'v>,
) -> Result<(), NeedsRendering> {
    for (name, content) in &template.fields {
        let value = value_of(content, values)?;
        if matches!(value, Some(Value::Time(_))) {
            return Err(NeedsRendering);
        }
        if let Some(value) = value {
            event.fields.push(Field {
                name: (&**name).into(),
                value,
            });
        }
    }
    Ok(())
}
