//! Virtual eXtensible Local Area Network.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "vxlan", protocol, "Virtual eXtensible Local Area Network";
    FLAGS: "vxlan.flags", x16, "Flags";
    VNI: "vxlan.vni", u24, "VXLAN Network Identifier (VNI)";
    GBP: "vxlan.gbp", u16, "Group Policy ID";
}

/// RFC 7348 5.
const LAYOUT: &[Place] = &[
    Place::at(FLAGS, 0, 2),
    Place::at(GBP, 2, 2),
    Place::at(VNI, 4, 3),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
}

/// The same for the generic protocol extension, which has no group (draft-ietf-nvo3-vxlan-gpe 3).
pub(crate) fn extended<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, &[Place::at(FLAGS, 0, 2), Place::at(VNI, 4, 3)]);
}
