//! BitTorrent DHT Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out};

fields! {
    level Applications;
    PROTOCOL: "bt-dht", protocol, "BitTorrent DHT Protocol";
}

/// Whether a datagram is a query, response or error: a dictionary with those keys (BEP 5).
pub(crate) fn begins(bytes: &[u8]) -> bool {
    [&b"d1:ad"[..], b"d1:rd", b"d2:ip", b"d1:el"].iter().any(|start| bytes.starts_with(start)) && bytes.ends_with(b"e")
}

/// The message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
}
