//! Frame Relay.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "fr", protocol, "Frame Relay";
    DLCI: "fr.dlci", u32, "DLCI";
    CONTROL: "fr.control", x8, "Control Field";
    NLPID: "fr.nlpid", x8, "NLPID";
    EA: "fr.ea", boolean, "EA";
    CR: "fr.cr", boolean, "CR";
    FECN: "fr.fecn", boolean, "FECN";
    BECN: "fr.becn", boolean, "BECN";
    DE: "fr.de", boolean, "DE";
}

/// The address of two bytes (ITU-T Q.922 3.3), then control and protocol identifier (RFC 2427 3).
const LAYOUT: &[Place] = &[
    Place::bits(CR, 0, 1, 0x02),
    Place::bits(FECN, 1, 1, 0x08),
    Place::bits(BECN, 1, 1, 0x04),
    Place::bits(DE, 1, 1, 0x02),
    Place::bits(EA, 0, 1, 0x01),
    Place::bits(EA, 1, 1, 0x01),
    Place::at(CONTROL, 2, 1),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    let identifier = layer.u16(0).map(|word| (word >> 6 & 0x3f0) | (word >> 4 & 0x0f));
    out.number(DLCI, identifier);
    let at = if layer.u8(3) == Some(0) { 4 } else { 3 };
    out.number(NLPID, layer.u8(at));
}
