//! IEEE 802.11 Radiotap Capture header.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "radiotap", protocol, "IEEE 802.11 Radiotap Capture header";
    VERSION: "radiotap.version", u8, "Header revision";
    LENGTH: "radiotap.length", u16, "Header length";
}

/// <https://www.radiotap.org>
const LAYOUT: &[Place] = &[
    Place::at(VERSION, 0, 1),
    Place::le(LENGTH, 2, 2),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
}
