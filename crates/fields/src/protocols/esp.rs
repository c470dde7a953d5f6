//! IP Encapsulating Security Payload (RFC 4303).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "esp", protocol, "Encapsulating Security Payload";
    SPI: "esp.spi", x32, "ESP SPI";
    SEQUENCE: "esp.sequence", u32, "ESP Sequence";
}

/// RFC 4303 2.
const LAYOUT: &[Place] = &[
    Place::at(SPI, 0, 4),
    Place::at(SEQUENCE, 4, 4),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
}
