//! NetBIOS name and datagram services (RFC 1002).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "nbns", protocol, "NetBIOS Name Service";
    ID: "nbns.id", x16, "Transaction ID";
    FLAGS: "nbns.flags", x16, "Flags";
    FLAGS_RESPONSE: "nbns.flags.response", boolean, "Response";
    FLAGS_OPCODE: "nbns.flags.opcode", u16, "Opcode" labels "nbns-opcode";
    FLAGS_TRUNCATED: "nbns.flags.truncated", boolean, "Truncated";
    FLAGS_RECDESIRED: "nbns.flags.recdesired", boolean, "Recursion desired";
    FLAGS_RECAVAIL: "nbns.flags.recavail", boolean, "Recursion available";
    FLAGS_AUTHORITATIVE: "nbns.flags.authoritative", boolean, "Authoritative";
    FLAGS_BROADCAST: "nbns.flags.broadcast", boolean, "Broadcast";
    FLAGS_RCODE: "nbns.flags.rcode", u16, "Reply code" labels "nbns-rcode";
    COUNT_QUERIES: "nbns.count.queries", u16, "Questions";
    COUNT_ANSWERS: "nbns.count.answers", u16, "Answer RRs";
    COUNT_AUTH_RR: "nbns.count.auth_rr", u16, "Authority RRs";
    COUNT_ADD_RR: "nbns.count.add_rr", u16, "Additional RRs";
    NAME: "nbns.name", text, "Name";
    TYPE: "nbns.type", u16, "Type" labels "nbns-type";
    CLASS: "nbns.class", u16, "Class";
    TTL: "nbns.ttl", u32, "Time to live";
    DATA_LENGTH: "nbns.data_length", u16, "Data length";
    NB_FLAGS: "nbns.nb_flags", x16, "Name flags";
    ADDR: "nbns.addr", ipv4, "Addr";
    NBDGM: "nbdgm", protocol, "NetBIOS Datagram Service";
    NBDGM_TYPE: "nbdgm.type", u8, "Message Type";
    NBDGM_SRC_IP: "nbdgm.src.ip", ipv4, "Source IP";
    NBDGM_SRC_PORT: "nbdgm.src.port", u16, "Source Port";
    NBDGM_SOURCE_NAME: "nbdgm.source_name", text, "Source name";
    NBDGM_DESTINATION_NAME: "nbdgm.destination_name", text, "Destination name";
    NBDGM_DGRAM_ID: "nbdgm.dgram_id", x16, "Datagram ID";
    NBDGM_DGRAM_LEN: "nbdgm.dgram_len", u16, "Datagram length";
}

/// RFC 1002 4.2.1.
const LAYOUT: &[Place] = &[
    Place::at(ID, 0, 2),
    Place::at(FLAGS, 2, 2),
    Place::bits(FLAGS_RESPONSE, 2, 2, 0x8000),
    Place::bits(FLAGS_OPCODE, 2, 2, 0x7800),
    Place::bits(FLAGS_TRUNCATED, 2, 2, 0x0200),
    Place::bits(FLAGS_RECDESIRED, 2, 2, 0x0100),
    Place::bits(FLAGS_BROADCAST, 2, 2, 0x0010),
    Place::at(COUNT_QUERIES, 4, 2),
    Place::at(COUNT_ANSWERS, 6, 2),
    Place::at(COUNT_AUTH_RR, 8, 2),
    Place::at(COUNT_ADD_RR, 10, 2),
];

const RESPONSE_LAYOUT: &[Place] = &[
    Place::bits(FLAGS_AUTHORITATIVE, 2, 2, 0x0400),
    Place::bits(FLAGS_RECAVAIL, 2, 2, 0x0080),
    Place::bits(FLAGS_RCODE, 2, 2, 0x000f),
];

/// The type of records that hold addresses.
const ADDRESSES: u16 = 32;

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(message, LAYOUT);
    if message.u16(2).is_some_and(|flags| flags & 0x8000 != 0) {
        out.layout(message, RESPONSE_LAYOUT);
    }
    let [questions, records @ ..] = [4, 6, 8, 10].map(|at| message.u16(at).unwrap_or_default());
    let mut at = 12;
    for _ in 0..questions {
        let Some((name, end)) = name(message, at) else { return };
        out.made_text(NAME, || Some(name));
        out.layout(message.from(end), &[Place::at(TYPE, 0, 2), Place::at(CLASS, 2, 2)]);
        at = end + 4;
    }
    for _ in 0..records.iter().map(|count| u32::from(*count)).sum() {
        let Some(end) = record(message, at, out) else { return };
        at = end;
    }
}

fn record<'a>(message: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    let (name, end) = name(message, at)?;
    out.made_text(NAME, || Some(name));
    let rest = message.from(end);
    out.layout(
        rest,
        &[
            Place::at(TYPE, 0, 2),
            Place::at(CLASS, 2, 2),
            Place::at(TTL, 4, 4),
            Place::at(DATA_LENGTH, 8, 2),
        ],
    );
    let length = rest.length(8, 2)?;
    if rest.u16(0) == Some(ADDRESSES) {
        for index in 0..length / 6 {
            let entry = rest.part(10 + index * 6, 6);
            out.layout(entry, &[Place::at(NB_FLAGS, 0, 2), Place::at(ADDR, 2, 4)]);
        }
    }
    Some(end + 10 + length)
}

/// The name at a place of the message, decoded, with its type; and where it ends (RFC 1001 14.1, RFC 1002 4.1).
fn name(message: Bytes<'_>, at: usize) -> Option<(String, usize)> {
    const POINTER: u8 = 0xc0;
    let mut end = None;
    let mut at = at;
    // A pointer leads to a name once; a second one would be a loop.
    for _ in 0..2 {
        let length = message.u8(at)?;
        if length & POINTER == POINTER {
            end.get_or_insert(at + 2);
            at = usize::from(message.u16(at)? & 0x3fff);
            continue;
        }
        let text = decoded(message.slice(at + 1, length.into())?)?;
        return Some((text, end.unwrap_or(at + 2 + usize::from(length))));
    }
    None
}

/// Two letters from A to P stand for a byte; the sixteenth byte is the type of the name.
pub(crate) fn decoded(label: &[u8]) -> Option<String> {
    let mut bytes = Vec::new();
    let (pairs, _) = label.as_chunks::<2>();
    for [high, low] in pairs {
        let nibble = |letter: u8| letter.checked_sub(b'A').filter(|nibble| *nibble < 16);
        bytes.push(nibble(*high)? << 4 | nibble(*low)?);
    }
    let (kind, name) = bytes.split_last()?;
    let end = name.iter().rposition(|byte| *byte != b' ' && *byte != 0).map_or(0, |last| last + 1);
    let mut text = String::new();
    for byte in name.get(..end).unwrap_or_default() {
        match byte {
            b' '..=b'~' => text.push(char::from(*byte)),
            other => text.push_str(&format!("<{other:02x}>")),
        }
    }
    Some(format!("{text}<{kind:02x}>"))
}

/// RFC 1002 4.4.1.
const DATAGRAM_LAYOUT: &[Place] = &[
    Place::at(NBDGM_TYPE, 0, 1),
    Place::at(NBDGM_DGRAM_ID, 2, 2),
    Place::at(NBDGM_SRC_IP, 4, 4),
    Place::at(NBDGM_SRC_PORT, 8, 2),
    Place::at(NBDGM_DGRAM_LEN, 10, 2),
];

/// The fields of a datagram; what it carries, if it is of the kinds that carry something.
pub(crate) fn datagram<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> Option<Bytes<'a>> {
    out.protocol(NBDGM, message.0);
    out.layout(message, DATAGRAM_LAYOUT);
    let kind = message.u8(0)?;
    if !(0x10..=0x12).contains(&kind) {
        return None;
    }
    let (source, after) = name(message, 14)?;
    out.made_text(NBDGM_SOURCE_NAME, || Some(source));
    let (destination, end) = name(message, after)?;
    out.made_text(NBDGM_DESTINATION_NAME, || Some(destination));
    Some(message.from(end))
}
