//! GPRS Tunneling Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "gtp", protocol, "GPRS Tunneling Protocol";
    FLAGS: "gtp.flags", x8, "Flags";
    MESSAGE: "gtp.message", x8, "Message Type";
    LENGTH: "gtp.length", u16, "Length";
    TEID: "gtp.teid", x32, "TEID";
}

/// 3GPP TS 29.281 5.1.
const LAYOUT: &[Place] = &[
    Place::at(FLAGS, 0, 1),
    Place::at(MESSAGE, 1, 1),
    Place::at(LENGTH, 2, 2),
    Place::at(TEID, 4, 4),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
}
