//! `whotalks explain`: the packet, event or lines behind a reference.

mod capture;

use jiff::Timestamp as Instant;
use serde_json::{Value, json};
use whotalks_case::{RawContent, RawEvidence, RawLine, RawPacket};
use whotalks_record::Timestamp;
use whotalks_render::{CliMessage, format, sanitize};

use crate::arguments::Explain;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::source;

/// Bytes on one line of a dump.
const BYTES_PER_LINE: usize = 16;

pub(super) fn run(arguments: &Explain, face: &Face) -> Result<Outcome, Failure> {
    let reference = arguments.reference;
    // Also what no reader took can be looked at.
    let (mut case, _) = source::opened(&arguments.source, face)?;
    case.conclude()
        .map_err(Failure::case(arguments.source.case.as_deref()))?;
    let found = case
        .explain(reference)
        .map_err(|source| Failure::Reference { reference, source })?;
    let path = case
        .evidence()
        .into_iter()
        .find(|line| line.id == reference.evidence)
        .map(|line| line.path.to_string())
        .unwrap_or_default();
    if arguments.json {
        face.write_json(&document(&found, &path))?;
    } else {
        face.write(&page(&found, &path, face))?;
    }
    Ok(Outcome::Answered)
}

/// The evidence behind a reference, for people.
pub(super) fn page(found: &RawEvidence, path: &str, face: &Face) -> String {
    let file = sanitize::terminal(path);
    let reference = found.span.to_string();
    let mut page = face.words.text(&CliMessage::ExplainHeading { reference, file });
    page.push('\n');
    if found.span.length > 0 {
        let offset = format::grouped(found.span.offset);
        let length = format::grouped(found.span.length.into());
        page.push_str(&face.words.text(&CliMessage::ExplainOffset { offset, length }));
        page.push('\n');
    }
    page.push('\n');
    page.push_str(&content(&found.content, face));
    page
}

fn content(content: &RawContent, face: &Face) -> String {
    match content {
        RawContent::Packet(packet) => packet_text(packet, face),
        RawContent::Text(text) => sanitized_lines(text.lines()),
        RawContent::Lines(lines) => numbered(lines),
        RawContent::Bytes(bytes) => dump(bytes),
    }
}

fn packet_text(packet: &RawPacket, face: &Face) -> String {
    let time = face.words.time_or_unknown(packet.timestamp);
    let about = face.words.text(&CliMessage::ExplainPacket {
        interface: packet.interface.0.into(),
        link_type: packet.link_type.0.into(),
    });
    let mut text = format!("{time}  {about}\n");
    if u64::from(packet.original_length) > packet.data.len() as u64 {
        let shown = format::grouped(packet.data.len() as u64);
        let total = format::grouped(packet.original_length.into());
        text.push_str(&face.words.text(&CliMessage::ExplainCut { shown, total }));
        text.push('\n');
    }
    text.push_str(&capture::text(packet, face));
    text.push('\n');
    text.push_str(&dump(&packet.data));
    text
}

fn sanitized_lines<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    lines.fold(String::new(), |mut text, line| {
        text.push_str(&sanitize::terminal(line));
        text.push('\n');
        text
    })
}

fn numbered(lines: &[RawLine]) -> String {
    let row = |line: &RawLine| format!("{:>6}  {}\n", line.number, sanitize::terminal(&line.text));
    lines.iter().map(row).collect()
}

/// Offset, bytes in hexadecimal, and the same bytes as ASCII.
fn dump(bytes: &[u8]) -> String {
    let rows = bytes.chunks(BYTES_PER_LINE).enumerate();
    rows.map(|(index, row)| {
        let offset = index.saturating_mul(BYTES_PER_LINE);
        let hexadecimal: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let ascii: String = row.iter().map(|byte| printable(*byte)).collect();
        format!("{offset:06x}  {:<47}  {ascii}\n", hexadecimal.join(" "))
    })
    .collect()
}

fn printable(byte: u8) -> char {
    match byte {
        b' '..=b'~' => char::from(byte),
        _ => '.',
    }
}

fn document(found: &RawEvidence, path: &str) -> Value {
    let mut value = json!({
        "version": whotalks_render::json::VERSION,
        "kind": "explain",
        "reference": found.span.to_string(),
        "path": path,
        "offset": found.span.offset,
        "length_bytes": found.span.length,
    });
    if let Value::Object(fields) = &mut value {
        let (name, content) = fields_of(&found.content);
        fields.insert(name.to_owned(), content);
    }
    value
}

fn fields_of(content: &RawContent) -> (&'static str, Value) {
    match content {
        RawContent::Packet(packet) => ("packet", packet_document(packet)),
        RawContent::Text(text) => ("text", json!(text)),
        RawContent::Lines(lines) => (
            "lines",
            lines
                .iter()
                .map(|line| json!({ "number": line.number, "text": line.text }))
                .collect(),
        ),
        RawContent::Bytes(bytes) => ("hex", json!(hexadecimal(bytes))),
    }
}

fn packet_document(packet: &RawPacket) -> Value {
    json!({
        "time": packet.timestamp.map(instant),
        "interface": packet.interface.0,
        "link_type": packet.link_type.0,
        "original_bytes": packet.original_length,
        "comments": packet.comments,
        "process": packet.process.as_ref().map(capture::process),
        "captured_on": packet.described.as_ref().map(capture::interface),
        "section": packet.described.as_ref().map(|interface| capture::section(&interface.section)),
        "hex": hexadecimal(&packet.data),
    })
}

/// As in every document: RFC 3339 in UTC with nine decimals.
fn instant(time: Timestamp) -> String {
    let instant = Instant::from_nanosecond(time.nanoseconds().into()).unwrap_or_default();
    format!("{instant:.9}")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_shows_offsets_bytes_and_printable_characters() {
        let text = dump(b"GET / HTTP/1.1\r\n\x1b]0;x");
        assert_eq!(
            text,
            "000000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..\n\
             000010  1b 5d 30 3b 78                                   .]0;x\n"
        );
    }
}
