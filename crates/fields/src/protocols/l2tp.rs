//! Layer 2 Tunneling Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "l2tp", protocol, "Layer 2 Tunneling Protocol";
    TYPE: "l2tp.type", u16, "Type";
    LENGTH: "l2tp.length", u16, "Length";
    TUNNEL: "l2tp.tunnel", u16, "Tunnel ID";
    SESSION: "l2tp.session", u16, "Session ID";
    VERSION: "l2tp.version", u16, "Version";
}

/// The fields of the header that `layer` begins with: flags, then a length where they say so, then tunnel and session
/// (RFC 2661 3.1).
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, &[Place::bits(TYPE, 0, 2, 0x8000), Place::bits(VERSION, 0, 2, 0x000f)]);
    let has_length = layer.u8(0).is_some_and(|flags| flags & 0x40 != 0);
    let at = if has_length { 4 } else { 2 };
    if has_length {
        out.layout(layer, &[Place::at(LENGTH, 2, 2)]);
    }
    out.layout(layer, &[Place::at(TUNNEL, at, 2), Place::at(SESSION, at + 2, 2)]);
}
