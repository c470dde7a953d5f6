//! Teredo IPv6 over UDP tunneling.

use crate::declare::fields;
use crate::extract::{Bytes, Out};

fields! {
    level Headers;
    PROTOCOL: "teredo", protocol, "Teredo IPv6 over UDP tunneling";
    ORIG_PORT: "teredo.orig.port", u16, "Origin UDP port";
    ORIG_ADDR: "teredo.orig.addr", ipv4, "Origin IPv4 address";
}

/// The origin that a server tells, every bit of it turned (RFC 4380 5.1.1).
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    if layer.u16(0) != Some(0) {
        return;
    }
    out.number(ORIG_PORT, layer.u16(2).map(|port| !port));
    let address = layer.u32(4).map(|address| (!address).to_be_bytes());
    out.ipv4(ORIG_ADDR, address.as_ref().map(<[u8; 4]>::as_slice));
}
