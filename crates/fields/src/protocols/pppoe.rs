//! PPP-over-Ethernet Session.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "pppoes", protocol, "PPP-over-Ethernet Session";
    PPPOED: "pppoed", protocol, "PPP-over-Ethernet Discovery";
    VERSION: "pppoe.version", u8, "Version";
    TYPE: "pppoe.type", u8, "Type";
    CODE: "pppoe.code", x8, "Code" labels "pppoe-code";
    SESSION_ID: "pppoe.session_id", x16, "Session ID";
    PAYLOAD_LENGTH: "pppoe.payload_length", u16, "Payload Length";
}

/// RFC 2516 4.
const LAYOUT: &[Place] = &[
    Place::bits(VERSION, 0, 1, 0xf0),
    Place::bits(TYPE, 0, 1, 0x0f),
    Place::at(CODE, 1, 1),
    Place::at(SESSION_ID, 2, 2),
    Place::at(PAYLOAD_LENGTH, 4, 2),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, is_session: bool, out: &mut Out<'_, '_, 'a>) {
    out.protocol(if is_session { PROTOCOL } else { PPPOED }, layer.0);
    out.layout(layer, LAYOUT);
}
