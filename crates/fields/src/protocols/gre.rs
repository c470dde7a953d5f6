//! Generic Routing Encapsulation.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "gre", protocol, "Generic Routing Encapsulation";
    PROTO: "gre.proto", x16, "Protocol Type" labels "gre-protocol";
    FLAGS_AND_VERSION: "gre.flags_and_version", x16, "Flags and Version";
    FLAGS_CHECKSUM: "gre.flags.checksum", boolean, "Checksum Bit";
    FLAGS_KEY: "gre.flags.key", boolean, "Key Bit";
    FLAGS_SEQUENCE_NUMBER: "gre.flags.sequence_number", boolean, "Sequence Number Bit";
    KEY: "gre.key", x32, "Key";
    SEQUENCE_NUMBER: "gre.sequence_number", u32, "Sequence Number";
    ERSPAN: "erspan", protocol, "Encapsulated Remote Switch Packet ANalysis";
    ERSPAN_VERSION: "erspan.version", u16, "Version";
    ERSPAN_VLAN: "erspan.vlan", u16, "Vlan";
    ERSPAN_SPANID: "erspan.spanid", u16, "SpanID";
}

/// RFC 2784 2.1 and RFC 2890 2.
const LAYOUT: &[Place] = &[
    Place::at(FLAGS_AND_VERSION, 0, 2),
    Place::bits(FLAGS_CHECKSUM, 0, 2, 0x8000),
    Place::bits(FLAGS_KEY, 0, 2, 0x2000),
    Place::bits(FLAGS_SEQUENCE_NUMBER, 0, 2, 0x1000),
    Place::at(PROTO, 2, 2),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    let flags = layer.u16(0).unwrap_or_default();
    let mut at = if flags & 0xc000 == 0 { 4 } else { 8 };
    if flags & 0x2000 != 0 {
        out.number(KEY, layer.u32(at));
        at += 4;
    }
    if flags & 0x1000 != 0 {
        out.number(SEQUENCE_NUMBER, layer.u32(at));
    }
}

/// The fields of an ERSPAN header, type II or III; both begin alike (draft-foschiano-erspan 4).
pub(crate) fn erspan<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(ERSPAN, layer.0);
    out.layout(layer, ERSPAN_LAYOUT);
}

const ERSPAN_LAYOUT: &[Place] = &[
    Place::bits(ERSPAN_VERSION, 0, 2, 0xf000),
    Place::bits(ERSPAN_VLAN, 0, 2, 0x0fff),
    Place::bits(ERSPAN_SPANID, 2, 2, 0x03ff),
];
