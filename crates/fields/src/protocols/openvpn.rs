//! OpenVPN.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place, services};

fields! {
    level Applications;
    PROTOCOL: "openvpn", protocol, "OpenVPN Protocol";
    OPCODE: "openvpn.opcode", x8, "Opcode" labels "openvpn-opcode";
}

/// How long the packet is that `bytes` of a stream begins with: a length of two bytes stands before it.
pub(crate) fn length(bytes: &[u8]) -> Length {
    services::behind(bytes, 0, 2, 2)
}

/// A packet behind its length, as TCP carries it.
pub(crate) fn stream<'a>(packet: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    extract(packet.from(2), out);
}

/// The fields of the packet that `packet` is: what it is stands in the upper bits of its first byte.
pub(crate) fn extract<'a>(packet: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, packet.0);
    out.layout(packet, &[Place::bits(OPCODE, 0, 1, 0xf8)]);
}
