//! Places that are cut out of the bytes as they lie.

use std::io::{self, Read};

use whotalks_record::{EvidenceId, Position, Span};
use whotalks_text::{Line, Lines, decode};
use whotalks_wfp::item_text;

use super::{HEAD_BYTES, MOST_BYTES, RawContent, RawEvidence, RawLine};

/// The beginning of a piece.
pub(super) fn head(bytes: &mut dyn Read, span: Span) -> io::Result<Option<RawEvidence>> {
    let mut head = Vec::new();
    bytes.take(HEAD_BYTES).read_to_end(&mut head)?;
    let decoded = decode(&head).text;
    let is_text = !decoded.contains(['\0', '\u{fffd}']);
    let content = if is_text {
        RawContent::Lines(numbered(&decoded))
    } else {
        RawContent::Bytes(head)
    };
    Ok(Some(RawEvidence { span, content }))
}

/// An item of an XML dump, by its bytes.
pub(super) fn item(bytes: &mut dyn Read, span: Span) -> io::Result<Option<RawEvidence>> {
    let skipped = io::copy(&mut (&mut *bytes).take(span.offset), &mut io::sink())?;
    let mut cut = Vec::new();
    bytes
        .take(u64::from(span.length).min(MOST_BYTES))
        .read_to_end(&mut cut)?;
    let content = RawContent::Text(item_text(&cut).into_owned());
    Ok((skipped == span.offset && !cut.is_empty()).then_some(RawEvidence { span, content }))
}

fn numbered(text: &str) -> Vec<RawLine> {
    (1..)
        .zip(text.lines())
        .map(|(number, line)| RawLine {
            number,
            text: line.to_owned(),
        })
        .collect()
}

/// The lines that a span covers, or the one with its number where the span says no more than that.
pub(super) fn lines(bytes: &mut dyn Read, span: Span) -> io::Result<Option<RawEvidence>> {
    let mut input = Lines::new(EvidenceId(span.evidence.0), bytes)?;
    let mut found = Vec::new();
    let (mut offset, mut end, mut held) = (None, 0, 0_u64);
    while let Some(line) = input.next_line()? {
        if is_past(&line, span) || held > MOST_BYTES {
            break;
        }
        if is_within(&line, span) {
            offset = offset.or(Some(line.span.offset));
            end = line.span.offset.saturating_add(line.span.length.into());
            held = held.saturating_add(line.text.len() as u64);
            found.push(numbered_line(line));
        }
    }
    Ok(offset.map(|offset| RawEvidence {
        span: Span {
            offset,
            length: u32::try_from(end.saturating_sub(offset)).unwrap_or(u32::MAX),
            ..span
        },
        content: RawContent::Lines(found),
    }))
}

fn numbered_line(line: Line) -> RawLine {
    let number = match line.span.position {
        Position::Line(number) => number,
        _ => 0,
    };
    RawLine {
        number,
        text: line.text,
    }
}

fn is_within(line: &Line, span: Span) -> bool {
    if span.length == 0 {
        return line.span.position == span.position;
    }
    let line_end = line.span.offset.saturating_add(line.span.length.into());
    line.span.offset < end_of(span) && line_end > span.offset
}

fn is_past(line: &Line, span: Span) -> bool {
    match (line.span.position, span.position) {
        (Position::Line(number), Position::Line(wanted)) if span.length == 0 => number > wanted,
        _ => span.length > 0 && line.span.offset >= end_of(span),
    }
}

fn end_of(span: Span) -> u64 {
    span.offset.saturating_add(span.length.into())
}
