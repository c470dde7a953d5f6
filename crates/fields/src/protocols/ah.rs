//! IP Authentication Header (RFC 4302).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "ah", protocol, "Authentication Header";
    NEXT_HEADER: "ah.next_header", u8, "Next header" labels "ipv6-next";
    LENGTH: "ah.length", u8, "Length";
    SPI: "ah.spi", x32, "AH SPI";
    SEQUENCE: "ah.sequence", u32, "AH Sequence";
    ICV: "ah.icv", bytes, "AH ICV";
}

/// RFC 4302 2.
const LAYOUT: &[Place] = &[
    Place::at(NEXT_HEADER, 0, 1),
    Place::at(SPI, 4, 4),
    Place::at(SEQUENCE, 8, 4),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    let words = layer.u8(1).map(usize::from);
    out.number(LENGTH, words.map(|words| (words as u64 + 2) * 4));
    out.bytes(ICV, words.and_then(|words| layer.slice(12, (words * 4).checked_sub(4)?)));
}
