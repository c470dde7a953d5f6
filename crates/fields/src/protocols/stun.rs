//! Session Traversal Utilities for NAT.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "stun", protocol, "Session Traversal Utilities for NAT";
    TYPE: "stun.type", x16, "Message Type";
    TYPE_CLASS: "stun.type.class", x16, "Message Class";
    TYPE_METHOD: "stun.type.method", x16, "Message Method";
    LENGTH: "stun.length", u16, "Message Length";
    COOKIE: "stun.cookie", bytes, "Message Cookie";
    ID: "stun.id", bytes, "Message Transaction ID";
    ATT_TYPE: "stun.att.type", x16, "Attribute Type";
    ATT_LENGTH: "stun.att.length", u16, "Attribute Length";
    ATT_IPV4: "stun.att.ipv4", ipv4, "IP";
    ATT_PORT: "stun.att.port", u16, "Port";
    ATT_FAMILY: "stun.att.family", x8, "Protocol Family" labels "stun-family";
    ATT_IPV4_XORD: "stun.att.ipv4-xord", bytes, "IP (XOR-d)";
    ATT_PORT_XORD: "stun.att.port-xord", bytes, "Port (XOR-d)";
    ATT_SOFTWARE: "stun.att.software", text, "Software";
    ATT_USERNAME: "stun.att.username", text, "Username";
    ATT_REALM: "stun.att.realm", text, "Realm";
    ATT_ERROR: "stun.att.error", u8, "Error Code";
}

/// RFC 8489 5.
const LAYOUT: &[Place] = &[
    Place::at(TYPE, 0, 2),
    Place::bits(TYPE_CLASS, 0, 2, 0x0110),
    Place::bits(TYPE_METHOD, 0, 2, 0x3eef),
    Place::at(LENGTH, 2, 2),
    Place::at(COOKIE, 4, 4),
    Place::at(ID, 8, 12),
];
const HEADER_BYTES: usize = 20;
const COOKIE_BYTES: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];

/// Whether a datagram has the cookie and the length that its header states.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    let bytes = Bytes(bytes);
    bytes.u8(0).is_some_and(|first| first & 0xc0 == 0)
        && bytes.slice(4, 4) == Some(&COOKIE_BYTES)
        && bytes.length(2, 2).is_some_and(|length| length + HEADER_BYTES == bytes.len())
}

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    out.layout(message, LAYOUT);
    let mut rest = message.from(HEADER_BYTES);
    while let Some(length) = rest.length(2, 2) {
        out.layout(rest, &[Place::at(ATT_TYPE, 0, 2), Place::at(ATT_LENGTH, 2, 2)]);
        attribute(rest.u16(0).unwrap_or_default(), rest.part(4, length), out);
        rest = rest.from(4 + length.next_multiple_of(4));
    }
}

/// RFC 8489 14.
fn attribute<'a>(kind: u16, value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        0x0001 => out.layout(
            value,
            &[
                Place::at(ATT_FAMILY, 1, 1),
                Place::at(ATT_PORT, 2, 2),
                Place::at(ATT_IPV4, 4, 4),
            ],
        ),
        0x0020 => mapped(value, out),
        0x0006 => out.text(ATT_USERNAME, Some(value.0)),
        0x0014 => out.text(ATT_REALM, Some(value.0)),
        0x8022 => out.text(ATT_SOFTWARE, Some(value.0)),
        0x0009 => out.layout(value, &[Place::at(ATT_ERROR, 3, 1)]),
        _ => {}
    }
}

/// An address of IPv4 hidden from meddling routers: every bit is flipped that is set in the cookie.
fn mapped<'a>(value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const IPV4: u8 = 1;
    out.layout(value, &[Place::at(ATT_FAMILY, 1, 1), Place::at(ATT_PORT_XORD, 2, 2)]);
    out.number(ATT_PORT, value.u16(2).map(|port| port ^ 0x2112));
    if value.u8(1) == Some(IPV4) {
        out.layout(value, &[Place::at(ATT_IPV4_XORD, 4, 4)]);
        let plain = value.u32(4).map(|hidden| (hidden ^ 0x2112_a442).to_be_bytes());
        out.ipv4(ATT_IPV4, plain.as_ref().map(<[u8; 4]>::as_slice));
    }
}
