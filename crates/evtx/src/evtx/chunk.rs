//! The events of one chunk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use evtx::{EvtxChunk, EvtxChunkData, EvtxRecord, ParserSettings};
use whotalks_record::{EvidenceId, IssueKind, Position, Span, Timestamp};

use super::blocks::{Block, CHUNK_BYTES};
use super::plain::{self, Outcome};
use super::walk::{RECORD_HEADER_BYTES, RECORD_TRAILER_BYTES};
use crate::collect::EventSink;
use crate::raw::believable;
use crate::xml;

/// Where the string and template tables of a chunk header lie. Source: libyal EVTX 3.1.
const TABLES: std::ops::Range<usize> = 128..512;

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
    let data = match EvtxChunkData::new(block.data, false) {
        Ok(data) => data,
        Err(error) => return sink.issue(span, malformed("chunk.header", &error)),
    };
    if complete && !data.validate_checksum() {
        let found = "the CRC32 is another; the log was copied while in use, or is damaged".into();
        let field = "chunk.checksum";
        sink.issue(span, IssueKind::Malformed { field, found });
    }
    match plain::read(&data.data, span, sink) {
        Outcome::Complete => {}
        Outcome::StoppedAt(offset) => render(data, offset, span, sink),
    }
}

/// Reads the rest of a chunk through the `evtx` crate.
fn render(mut data: EvtxChunkData, from: usize, chunk: Span, sink: &mut impl EventSink) {
    let error = match data.parse(SETTINGS.clone()) {
        Ok(mut parsed) => {
            return Rendered {
                chunk,
                sink,
                damaged: 0,
            }
            .run(&mut parsed, from);
        }
        Err(error) => error,
    };
    // Only the tables of names are damaged; names are also found without them.
    sink.issue(chunk, malformed("chunk.string_table", &error));
    if let Some(tables) = data.data.get_mut(TABLES) {
        tables.fill(0);
    }
    if let Ok(mut data) = EvtxChunkData::new(data.data, false)
        && let Ok(mut parsed) = data.parse(SETTINGS.clone())
    {
        Rendered {
            chunk,
            sink,
            damaged: 0,
        }
        .run(&mut parsed, from);
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

/// Reads the records of a chunk from an offset on through the `evtx` crate, which also finds the way past damage.
struct Rendered<'s, S> {
    chunk: Span,
    sink: &'s mut S,
    damaged: u64,
}

impl<S: EventSink> Rendered<'_, S> {
    fn run(mut self, chunk: &mut EvtxChunk<'_>, from: usize) {
        for record in chunk.iter() {
            match record {
                Ok(record) if record.binxml_offset < from as u64 => {}
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
        let written = written(&record);
        let span = Span {
            evidence: self.chunk.evidence,
            position: Position::Record(record.event_record_id),
            offset: self.chunk.offset + record.binxml_offset.saturating_sub(RECORD_HEADER_BYTES as u64),
            length: record
                .binxml_size
                .saturating_add((RECORD_HEADER_BYTES + RECORD_TRAILER_BYTES) as u32),
        };
        match record.into_xml() {
            Ok(text) => match xml::parse_event(&text.data) {
                Some(mut event) => {
                    event.time = believable(event.time, written);
                    self.sink.event(&event, span);
                }
                None => self.damaged += 1,
            },
            Err(error) => self.damaged(&error),
        }
    }
}

/// When the log service wrote the record.
pub(super) fn written(record: &EvtxRecord<'_>) -> Timestamp {
    Timestamp::from_nanoseconds(i64::try_from(record.timestamp.as_nanosecond()).unwrap_or_default())
}
