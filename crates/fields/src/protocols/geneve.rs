//! Generic Network Virtualization Encapsulation.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "geneve", protocol, "Generic Network Virtualization Encapsulation";
    VERSION: "geneve.version", u8, "Version";
    VNI: "geneve.vni", x24, "Virtual Network Identifier (VNI)";
    PROTO_TYPE: "geneve.proto_type", x16, "Protocol Type" labels "ethertype";
}

/// RFC 8926 3.4.
const LAYOUT: &[Place] = &[
    Place::bits(VERSION, 0, 1, 0xc0),
    Place::at(PROTO_TYPE, 2, 2),
    Place::at(VNI, 4, 3),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
}
