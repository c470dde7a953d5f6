//! WireGuard Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "wg", protocol, "WireGuard Protocol";
    TYPE: "wg.type", u8, "Type" labels "wireguard-type";
    SENDER: "wg.sender", x32, "Sender";
    RECEIVER: "wg.receiver", x32, "Receiver";
    COUNTER: "wg.counter", u64, "Counter";
}

/// Whether a datagram has the type and length of one of the four messages (WireGuard, 5.4).
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(
        (bytes, bytes.len()),
        ([1, 0, 0, 0, ..], 148) | ([2, 0, 0, 0, ..], 92) | ([3, 0, 0, 0, ..], 64) | ([4, 0, 0, 0, ..], 32..)
    )
}

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    out.layout(message, &[Place::at(TYPE, 0, 1)]);
    match message.u8(0) {
        Some(1) => out.layout(message, &[Place::le(SENDER, 4, 4)]),
        Some(2) => out.layout(message, &[Place::le(SENDER, 4, 4), Place::le(RECEIVER, 8, 4)]),
        Some(3) => out.layout(message, &[Place::le(RECEIVER, 4, 4)]),
        Some(4) => out.layout(message, &[Place::le(RECEIVER, 4, 4), Place::le(COUNTER, 8, 8)]),
        _ => {}
    }
}
