//! Binary XML as Windows writes it into a chunk: a template of the whole event with its `System` part, and inside it a
//! template of the `EventData` (libyal/libevtx, "Windows XML Event Log (EVTX)"; MS-EVEN6 2.2.12).
//!
//! Offsets count from the beginning of the chunk, so everything is appended to the bytes of the chunk itself.

use super::chunk::ChunkBytes;
use crate::clock::filetime;
use crate::events::{LogEvent, Value};

const TOKEN_EOF: u8 = 0x00;
const TOKEN_CLOSE_START: u8 = 0x02;
const TOKEN_CLOSE_EMPTY: u8 = 0x03;
const TOKEN_END: u8 = 0x04;
const TOKEN_VALUE: u8 = 0x05;
const TOKEN_ATTRIBUTE: u8 = 0x06;
const TOKEN_TEMPLATE_INSTANCE: u8 = 0x0c;
const TOKEN_SUBSTITUTION: u8 = 0x0d;
const TOKEN_OPTIONAL_SUBSTITUTION: u8 = 0x0e;
const TOKEN_OPEN_START: u8 = 0x01;
/// Set on a start tag that has attributes, and on an attribute that another one follows.
const MORE: u8 = 0x40;
const FRAGMENT_HEADER: [u8; 4] = [0x0f, 0x01, 0x01, 0x00];
/// No substitution decides whether the element is there.
const NO_DEPENDENCY: u16 = 0xffff;

const TYPE_NULL: u8 = 0x00;
const TYPE_STRING: u8 = 0x01;
const TYPE_UINT8: u8 = 0x04;
const TYPE_UINT16: u8 = 0x06;
const TYPE_UINT32: u8 = 0x08;
const TYPE_UINT64: u8 = 0x0a;
const TYPE_GUID: u8 = 0x0f;
const TYPE_FILETIME: u8 = 0x11;
const TYPE_SID: u8 = 0x13;
const TYPE_HEX64: u8 = 0x15;
const TYPE_BINARY_XML: u8 = 0x21;

/// Longest text that is written for one value, in UTF-16 units: three of them still fit into a chunk.
const LONGEST_TEXT: usize = 8_000;
const NAMESPACE: &str = "http://schemas.microsoft.com/win/2004/08/events/event";
/// Number of substitutions of the event template; the last one holds the `EventData`.
const EVENT_DATA: u16 = 19;

/// A value ready to be substituted: its type and its bytes.
struct Substitution(u8, Vec<u8>);

/// Where the value of an attribute or element comes from.
#[derive(Clone, Copy)]
enum Content<'a> {
    Text(&'a str),
    Optional(u16, u8),
    Required(u16, u8),
}

/// Appends the binary XML of an event to the chunk.
pub(super) fn append_event(chunk: &mut ChunkBytes, event: &LogEvent) {
    chunk.extend(&FRAGMENT_HEADER);
    begin_instance(chunk, "event", event_element);
    let values = system_values(event);
    let data_size_at = append_values(chunk, &values, !event.data.is_empty());
    if let Some(size_at) = data_size_at {
        let begins = chunk.position();
        append_event_data(chunk, event);
        chunk.put_u16(size_at, chunk.position() - begins);
    }
    chunk.extend(&[TOKEN_EOF]);
}

/// Writes the start of a template instance, with the definition when this chunk has none yet.
fn begin_instance(chunk: &mut ChunkBytes, name: &str, element: impl FnOnce(&mut ChunkBytes)) {
    let id = template_id(name);
    chunk.extend(&[TOKEN_TEMPLATE_INSTANCE, 0x01]);
    chunk.extend_u32(id);
    if let Some(offset) = chunk.template(id) {
        chunk.extend_u32(offset);
        return;
    }
    let offset = chunk.position() + 4;
    chunk.extend_u32(offset);
    let next = chunk.remember_template(id, offset);
    chunk.extend_u32(next);
    chunk.extend_u32(id);
    chunk.extend(&[0x51, 0x9a, 0x44, 0x4e, 0x8c, 0x7e, 0x33, 0x5b, 0x21, 0x8a, 0x90, 0x0d]);
    let size_at = chunk.reserve_u32();
    let begins = chunk.position();
    chunk.extend(&FRAGMENT_HEADER);
    element(chunk);
    chunk.extend(&[TOKEN_EOF]);
    chunk.put_u32(size_at, chunk.position() - begins);
}

/// FNV-1a, so that a template has the same id wherever it is written.
fn template_id(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// `<Event xmlns=…><System>…</System>%19</Event>`.
fn event_element(chunk: &mut ChunkBytes) {
    element(chunk, "Event", &[("xmlns", Content::Text(NAMESPACE))], |chunk| {
        element(chunk, "System", &[], system_children);
        substitution(chunk, Content::Optional(EVENT_DATA, TYPE_BINARY_XML));
    });
}

fn system_children(chunk: &mut ChunkBytes) {
    let string = |index| Content::Optional(index, TYPE_STRING);
    empty(
        chunk,
        "Provider",
        &[("Name", string(14)), ("Guid", Content::Optional(15, TYPE_GUID))],
    );
    element(
        chunk,
        "EventID",
        &[("Qualifiers", Content::Optional(4, TYPE_UINT16))],
        |chunk| {
            substitution(chunk, Content::Optional(3, TYPE_UINT16));
        },
    );
    for (name, index, kind) in [
        ("Version", 11, TYPE_UINT8),
        ("Level", 0, TYPE_UINT8),
        ("Task", 2, TYPE_UINT16),
        ("Opcode", 1, TYPE_UINT8),
        ("Keywords", 5, TYPE_HEX64),
    ] {
        leaf(chunk, name, Content::Optional(index, kind));
    }
    empty(
        chunk,
        "TimeCreated",
        &[("SystemTime", Content::Optional(6, TYPE_FILETIME))],
    );
    leaf(chunk, "EventRecordID", Content::Optional(10, TYPE_UINT64));
    let activity = [
        ("ActivityID", Content::Optional(7, TYPE_GUID)),
        ("RelatedActivityID", Content::Optional(13, TYPE_GUID)),
    ];
    empty(chunk, "Correlation", &activity);
    let execution = [
        ("ProcessID", Content::Optional(8, TYPE_UINT32)),
        ("ThreadID", Content::Optional(9, TYPE_UINT32)),
    ];
    empty(chunk, "Execution", &execution);
    leaf(chunk, "Channel", string(16));
    leaf(chunk, "Computer", string(17));
    empty(chunk, "Security", &[("UserID", Content::Optional(12, TYPE_SID))]);
}

/// The first 19 values of the event template, by the numbers that `system_children` uses.
fn system_values(event: &LogEvent) -> Vec<Substitution> {
    let source = event.source;
    let null = || Substitution(TYPE_NULL, Vec::new());
    let thread = 100 + u32::try_from(event.record_id % 19).unwrap_or(0) * 4;
    vec![
        Substitution(TYPE_UINT8, vec![source.level]),
        Substitution(TYPE_UINT8, vec![0]),
        Substitution(TYPE_UINT16, event.task.to_le_bytes().to_vec()),
        Substitution(TYPE_UINT16, event.id.to_le_bytes().to_vec()),
        null(),
        Substitution(TYPE_HEX64, event.keywords.to_le_bytes().to_vec()),
        Substitution(TYPE_FILETIME, filetime(event.time_ns).to_le_bytes().to_vec()),
        null(),
        Substitution(TYPE_UINT32, event.writer.to_le_bytes().to_vec()),
        Substitution(TYPE_UINT32, thread.to_le_bytes().to_vec()),
        Substitution(TYPE_UINT64, event.record_id.to_le_bytes().to_vec()),
        Substitution(TYPE_UINT8, vec![event.version]),
        source
            .user_sid
            .map_or_else(null, |sid| Substitution(TYPE_SID, sid_bytes(sid))),
        null(),
        text(source.provider),
        Substitution(TYPE_GUID, guid_bytes(source.provider_guid)),
        text(source.channel),
        text(&event.computer),
        null(),
    ]
}

fn append_event_data(chunk: &mut ChunkBytes, event: &LogEvent) {
    chunk.extend(&FRAGMENT_HEADER);
    let values: Vec<Substitution> = event.data.iter().map(|(_, value)| substitute(value)).collect();
    let name = format!(
        "{} {} v{} {}",
        event.source.provider,
        event.id,
        event.version,
        event.data.len()
    );
    begin_instance(chunk, &name, |chunk| {
        element(chunk, "EventData", &[], |chunk| {
            for ((index, (name, _)), Substitution(kind, _)) in (0_u16..).zip(&event.data).zip(&values) {
                element(chunk, "Data", &[("Name", Content::Text(name))], |chunk| {
                    substitution(chunk, Content::Required(index, *kind));
                });
            }
        });
    });
    append_values(chunk, &values, false);
    chunk.extend(&[TOKEN_EOF]);
}

/// Appends the array of values. With `and_binary_xml` a last one is announced, whose size the caller writes at the
/// offset that is returned once it knows it.
fn append_values(chunk: &mut ChunkBytes, values: &[Substitution], and_binary_xml: bool) -> Option<u32> {
    let count = u32::try_from(values.len()).unwrap_or(0) + u32::from(and_binary_xml);
    chunk.extend_u32(count);
    for Substitution(kind, bytes) in values {
        chunk.extend_u16(u16::try_from(bytes.len()).unwrap_or(u16::MAX));
        chunk.extend(&[*kind, 0]);
    }
    let size_at = and_binary_xml.then(|| {
        let size_at = chunk.position();
        chunk.extend(&[0, 0, TYPE_BINARY_XML, 0]);
        size_at
    });
    for Substitution(_, bytes) in values {
        chunk.extend(bytes);
    }
    size_at
}

fn element(
    chunk: &mut ChunkBytes,
    name: &str,
    attributes: &[(&str, Content<'_>)],
    children: impl FnOnce(&mut ChunkBytes),
) {
    let (size_at, begins) = open(chunk, name, attributes);
    chunk.extend(&[TOKEN_CLOSE_START]);
    children(chunk);
    chunk.extend(&[TOKEN_END]);
    chunk.put_u32(size_at, chunk.position() - begins);
}

fn leaf(chunk: &mut ChunkBytes, name: &str, content: Content<'_>) {
    element(chunk, name, &[], |chunk| substitution(chunk, content));
}

fn empty(chunk: &mut ChunkBytes, name: &str, attributes: &[(&str, Content<'_>)]) {
    let (size_at, begins) = open(chunk, name, attributes);
    chunk.extend(&[TOKEN_CLOSE_EMPTY]);
    chunk.put_u32(size_at, chunk.position() - begins);
}

fn open(chunk: &mut ChunkBytes, name: &str, attributes: &[(&str, Content<'_>)]) -> (u32, u32) {
    let token = if attributes.is_empty() {
        TOKEN_OPEN_START
    } else {
        TOKEN_OPEN_START | MORE
    };
    chunk.extend(&[token]);
    chunk.extend_u16(NO_DEPENDENCY);
    let size_at = chunk.reserve_u32();
    let begins = chunk.position();
    chunk.name(name);
    if !attributes.is_empty() {
        let list_size_at = chunk.reserve_u32();
        let list_begins = chunk.position();
        for (index, (name, content)) in attributes.iter().enumerate() {
            let more = if index + 1 < attributes.len() { MORE } else { 0 };
            chunk.extend(&[TOKEN_ATTRIBUTE | more]);
            chunk.name(name);
            substitution(chunk, *content);
        }
        chunk.put_u32(list_size_at, chunk.position() - list_begins);
    }
    (size_at, begins)
}

fn substitution(chunk: &mut ChunkBytes, content: Content<'_>) {
    match content {
        Content::Text(text) => {
            chunk.extend(&[TOKEN_VALUE, TYPE_STRING]);
            chunk.extend_u16(u16::try_from(text.encode_utf16().count()).unwrap_or(0));
            chunk.extend(&utf16(text));
        }
        Content::Optional(index, kind) => placeholder(chunk, TOKEN_OPTIONAL_SUBSTITUTION, index, kind),
        Content::Required(index, kind) => placeholder(chunk, TOKEN_SUBSTITUTION, index, kind),
    }
}

fn placeholder(chunk: &mut ChunkBytes, token: u8, index: u16, kind: u8) {
    chunk.extend(&[token]);
    chunk.extend_u16(index);
    chunk.extend(&[kind]);
}

fn substitute(value: &Value) -> Substitution {
    match value {
        Value::Text(content) => text(content),
        Value::Unsigned32(number) => Substitution(TYPE_UINT32, number.to_le_bytes().to_vec()),
        Value::Unsigned64(number) => Substitution(TYPE_UINT64, number.to_le_bytes().to_vec()),
        Value::Hex64(number) => Substitution(TYPE_HEX64, number.to_le_bytes().to_vec()),
        Value::Sid(sid) => Substitution(TYPE_SID, sid_bytes(sid)),
        Value::Guid(guid) => Substitution(TYPE_GUID, guid_bytes(guid)),
    }
}

fn text(content: &str) -> Substitution {
    let units: Vec<u16> = content.encode_utf16().take(LONGEST_TEXT).collect();
    Substitution(TYPE_STRING, units.into_iter().flat_map(u16::to_le_bytes).collect())
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The binary form of `S-1-5-18` (MS-DTYP 2.4.2.2).
fn sid_bytes(sid: &str) -> Vec<u8> {
    let mut numbers = sid.split('-').skip(1).filter_map(|number| number.parse::<u64>().ok());
    let revision = numbers.next().and_then(|number| u8::try_from(number).ok()).unwrap_or(1);
    let authority = numbers.next().unwrap_or(0).to_be_bytes();
    let subs: Vec<u32> = numbers.filter_map(|number| u32::try_from(number).ok()).collect();
    let mut bytes = vec![revision, u8::try_from(subs.len()).unwrap_or(0)];
    bytes.extend(authority.iter().skip(2));
    bytes.extend(subs.into_iter().flat_map(u32::to_le_bytes));
    bytes
}

/// The binary form of a GUID in braces: three little-endian numbers and eight bytes (MS-DTYP 2.3.4.2).
fn guid_bytes(guid: &str) -> Vec<u8> {
    let digits: String = guid.chars().filter(char::is_ascii_hexdigit).collect();
    let number = u128::from_str_radix(&digits, 16).unwrap_or(0).to_be_bytes();
    let [a, b, c, d, e, f, g, h, rest @ ..] = number;
    let mut bytes = vec![d, c, b, a, f, e, h, g];
    bytes.extend(rest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{guid_bytes, sid_bytes};

    #[test]
    fn a_guid_is_stored_with_its_first_numbers_reversed() {
        let bytes = guid_bytes("{54849625-5478-4994-A5BA-3E3B0328C30D}");
        assert_eq!(
            bytes,
            [
                0x25, 0x96, 0x84, 0x54, 0x78, 0x54, 0x94, 0x49, 0xa5, 0xba, 0x3e, 0x3b, 3, 0x28, 0xc3, 0x0d
            ]
        );
    }

    #[test]
    fn a_sid_counts_its_sub_authorities() {
        assert_eq!(sid_bytes("S-1-5-18"), [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]);
        assert_eq!(sid_bytes("S-1-0-0"), [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
}
