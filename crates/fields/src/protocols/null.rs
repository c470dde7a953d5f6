//! Null/Loopback.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "null", protocol, "Null/Loopback";
    FAMILY: "null.family", u32, "Family";
    RAW: "raw", protocol, "Raw packet data";
}

/// The fields of the header that `layer` begins with; the family is in the byte order of the capturing host.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    let is_little_endian = layer.u16(0).is_some_and(|word| word != 0);
    let family = if is_little_endian { Place::le(FAMILY, 0, 4) } else { Place::at(FAMILY, 0, 4) };
    out.layout(layer, &[family]);
}

/// IP without a link layer.
pub(crate) fn raw<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(RAW, layer.0);
}
