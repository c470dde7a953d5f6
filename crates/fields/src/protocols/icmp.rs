//! Internet Control Message Protocol (RFC 792).

use std::net::Ipv4Addr;

use whotalks_record::Nanoseconds;

use crate::Value;
use crate::declare::fields;
use crate::extract::{Bytes, Out, Place, checksum};

fields! {
    level Headers;
    PROTOCOL: "icmp", protocol, "Internet Control Message Protocol";
    TYPE: "icmp.type", u8, "Type";
    CODE: "icmp.code", u8, "Code";
    CHECKSUM: "icmp.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "icmp.checksum.status", u8, "Checksum Status" labels "checksum-status";
    IDENT: "icmp.ident", u16, "Identifier (BE)";
    IDENT_LE: "icmp.ident_le", u16, "Identifier (LE)";
    SEQ: "icmp.seq", u16, "Sequence Number (BE)";
    SEQ_LE: "icmp.seq_le", u16, "Sequence Number (LE)";
    RESP_TO: "icmp.resp_to", frame_number, "Request frame" at Streams;
    RESPTIME: "icmp.resptime", float, "Response time" at Streams;
    REDIR_GW: "icmp.redir_gw", ipv4, "Gateway Address";
    MTU: "icmp.mtu", u16, "MTU of next hop";
    UNUSED: "icmp.unused", bytes, "Unused";
    LENGTH: "icmp.length", u8, "Length";
}

/// RFC 792.
const LAYOUT: &[Place] = &[Place::at(TYPE, 0, 1), Place::at(CODE, 1, 1), Place::at(CHECKSUM, 2, 2)];

/// Identifier and sequence number, which some hosts write with the least significant byte first.
const ECHO_LAYOUT: &[Place] = &[
    Place::at(IDENT, 4, 2),
    Place::le(IDENT_LE, 4, 2),
    Place::at(SEQ, 6, 2),
    Place::le(SEQ_LE, 6, 2),
];

/// The types with fields of their own (IANA "ICMP Parameters").
const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const REDIRECT: u8 = 5;
const ECHO: u8 = 8;
const TIME_EXCEEDED: u8 = 11;
const TIMESTAMP: u8 = 13;
const TIMESTAMP_REPLY: u8 = 14;
/// Of an unreachable destination: the packet was too big and must not be fragmented.
const FRAGMENTATION_NEEDED: u8 = 4;

/// The fields of the message that `layer` is. `is_whole`: nothing of it was cut, so that its checksum can be verified.
pub(crate) fn extract<'a>(layer: Bytes<'a>, is_whole: bool, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(layer, LAYOUT);
    if out.wants(CHECKSUM_STATUS) {
        out.number(CHECKSUM_STATUS, layer.u16(2).map(|_| checksum_status(layer, is_whole)));
    }
    match layer.u8(0) {
        Some(ECHO | ECHO_REPLY | TIMESTAMP | TIMESTAMP_REPLY) => out.layout(layer, ECHO_LAYOUT),
        Some(UNREACHABLE) => unreachable(layer, out),
        Some(REDIRECT) => out.layout(layer, &[Place::at(REDIR_GW, 4, 4)]),
        Some(TIME_EXCEEDED) => unused(layer, out),
        _ => {}
    }
}

/// The message after its header, where it is an echo, whose data nothing describes.
pub(crate) fn echo_data(layer: Bytes<'_>) -> Option<Bytes<'_>> {
    matches!(layer.u8(0), Some(ECHO | ECHO_REPLY)).then(|| layer.from(8))
}

/// An echo request, or the reply to one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Echo {
    pub(crate) is_reply: bool,
    /// Who asked whom, with which identifier and number.
    pub(crate) key: (Ipv4Addr, Ipv4Addr, u32),
}

/// The echo that `layer` is.
pub(crate) fn echo(layer: Bytes<'_>, [source, destination]: [Ipv4Addr; 2]) -> Option<Echo> {
    let numbers = layer.u32(4)?;
    Some(match layer.u8(0)? {
        ECHO => Echo {
            is_reply: false,
            key: (source, destination, numbers),
        },
        ECHO_REPLY => Echo {
            is_reply: true,
            key: (destination, source, numbers),
        },
        _ => return None,
    })
}

/// What the request says of the reply: its frame and how long ago it was.
pub(crate) fn replied(frame: u32, span: Nanoseconds, out: &mut Out<'_, '_, '_>) {
    out.number(RESP_TO, Some(frame));
    let milliseconds = (span.0 as f64 / 1000.0).round() / 1000.0;
    out.put(RESPTIME, Some(Value::Float(milliseconds)));
}

fn unreachable<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    if layer.u8(1) == Some(FRAGMENTATION_NEEDED) {
        out.bytes(UNUSED, layer.slice(4, 2));
        out.number(MTU, layer.u16(6));
    } else {
        unused(layer, out);
    }
}

/// Four bytes, of which RFC 4884 gave the second a meaning.
fn unused<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match layer.u8(5) {
        Some(0) | None => out.bytes(UNUSED, layer.slice(4, 4)),
        words => {
            out.bytes(UNUSED, layer.slice(4, 1));
            out.number(LENGTH, words);
            out.bytes(UNUSED, layer.slice(6, 2));
        }
    }
}

/// Wireshark's numbers for checksums: bad, good, not verified.
fn checksum_status(layer: Bytes<'_>, is_whole: bool) -> u8 {
    match is_whole {
        false => 2,
        true => u8::from(checksum::ones_complement(layer.0, 0) == 0xffff),
    }
}

/// Type and code, where more of the header was not captured. Wireshark wants the sixth byte before it tells them.
pub(crate) fn beginning<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const LEAST_BYTES: usize = 6;
    out.protocol(PROTOCOL, layer.0);
    if layer.len() < LEAST_BYTES {
        return;
    }
    out.layout(layer, &[Place::at(TYPE, 0, 1), Place::at(CODE, 1, 1)]);
}
