//! MultiProtocol Label Switching Header.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "mpls", protocol, "MultiProtocol Label Switching Header";
    LABEL: "mpls.label", u32, "MPLS Label";
    EXP: "mpls.exp", u32, "MPLS Experimental Bits";
    BOTTOM: "mpls.bottom", u32, "MPLS Bottom Of Label Stack";
    TTL: "mpls.ttl", u32, "MPLS TTL";
}

/// RFC 3032 2.1.
const LAYOUT: &[Place] = &[
    Place::bits(LABEL, 0, 3, 0xff_fff0),
    Place::bits(EXP, 2, 1, 0x0e),
    Place::bits(BOTTOM, 2, 1, 0x01),
    Place::at(TTL, 3, 1),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
}
