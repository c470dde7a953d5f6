//! Simple Service Discovery Protocol (UPnP Device Architecture 2.0).

use crate::declare::fields;
use crate::extract::{Bytes, Out};
use crate::protocols::http;

fields! {
    level Applications;
    PROTOCOL: "ssdp", protocol, "Simple Service Discovery Protocol";
}

/// The message that `message` is: the head of a request or response of HTTP, whose fields it has.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    http::datagram(message, out);
}
