//! SOCKS 4 and 5 (RFC 1928).

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "socks", protocol, "Socks Protocol";
    VERSION: "socks.version", u8, "Version";
    COMMAND: "socks.command", u8, "Command" labels "socks-command";
    DST: "socks.dst", ipv4, "Remote Address";
    DST_V6: "socks.dstV6", ipv6, "Remote Address(ipv6)";
    PORT: "socks.port", u16, "Port";
    DSTPORT: "socks.dstport", u16, "Remote Port";
    RESULTS: "socks.results", u8, "Results(V4)" labels "socks-results";
    REMOTE_NAME: "socks.remote_name", text, "Remote name";
    USERNAME: "socks.username", text, "User name";
    AUTH_METHOD_COUNT: "socks.auth_method_count", u8, "Authentication Method Count";
    AUTH_METHOD: "socks.auth_method", u8, "Method";
    AUTH_ACCEPTED_METHOD: "socks.auth_accepted_method", u8, "Accepted Auth Method";
    ADDRESS_TYPE: "socks.address_type", u8, "Address Type" labels "socks-address";
}

/// The replies that grant a request, of version 4 and of version 5.
const GRANTED_4: u8 = 90;
const GRANTED_5: u8 = 0;

/// What a SOCKS proxy was asked for, and whether it said yes.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    version: u8,
    port: Option<u16>,
    is_granted: bool,
}

impl Asked {
    /// The port that everything from now on goes to and comes from.
    pub(crate) fn tunnel(&self) -> Option<u16> {
        self.port.filter(|_| self.is_granted)
    }
}

/// The fields of a segment that a tunnel carries.
pub(crate) fn tunnelled<'a>(asked: &Asked, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, &[]);
    out.number(VERSION, Some(asked.version));
    out.number(DSTPORT, asked.port);
}

/// The fields of the message that `message` is (RFC 1928, RFC 1929, and the protocol of version 4).
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let to_server = context.is_to_port(1080);
    match (message.u8(0), to_server) {
        (Some(4), true) => {
            context.talk.socks.version = 4;
            context.talk.socks.port = message.u16(2);
            request_4(message, out);
        }
        (Some(0), false) if message.len() == 8 => {
            context.talk.socks.is_granted = message.u8(1) == Some(GRANTED_4);
            out.layout(
                message,
                &[
                    Place::at(RESULTS, 1, 1),
                    Place::at(DSTPORT, 2, 2),
                    Place::at(DST, 4, 4),
                ],
            );
        }
        (Some(5), true) => {
            context.talk.socks.version = 5;
            context.talk.socks.port = client_5(message, out).or(context.talk.socks.port);
        }
        (Some(5), false) => {
            let is_granted = message.len() > 2 && message.u8(1) == Some(GRANTED_5);
            context.talk.socks.is_granted = is_granted;
            server_5(message, out);
        }
        _ => {}
    }
}

fn request_4<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        message,
        &[
            Place::at(VERSION, 0, 1),
            Place::at(COMMAND, 1, 1),
            Place::at(DSTPORT, 2, 2),
            Place::at(DST, 4, 4),
        ],
    );
    let mut names = message.from(8).0.split(|byte| *byte == 0);
    out.text(USERNAME, names.next());
    if matches!(message.slice(4, 4), Some([0, 0, 0, last]) if *last != 0) {
        out.text(REMOTE_NAME, names.next());
    }
}

/// The port that is asked for, where it is.
fn client_5<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> Option<u16> {
    out.layout(message, &[Place::at(VERSION, 0, 1)]);
    let methods = message.length(1, 1).unwrap_or_default();
    if message.len() == 2 + methods {
        out.layout(message, &[Place::at(AUTH_METHOD_COUNT, 1, 1)]);
        (0..methods).for_each(|index| out.layout(message, &[Place::at(AUTH_METHOD, 2 + index, 1)]));
        return None;
    }
    out.layout(message, &[Place::at(COMMAND, 1, 1)]);
    address(message, out)
}

fn server_5<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(message, &[Place::at(VERSION, 0, 1)]);
    if message.len() == 2 {
        out.layout(message, &[Place::at(AUTH_ACCEPTED_METHOD, 1, 1)]);
        return;
    }
    out.layout(message, &[Place::at(RESULTS, 1, 1)]);
    let _ = address(message, out);
}

/// RFC 1928 5. The port behind the address.
fn address<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> Option<u16> {
    out.layout(message, &[Place::at(ADDRESS_TYPE, 3, 1)]);
    let end = match message.u8(3) {
        Some(1) => {
            out.layout(message, &[Place::at(DST, 4, 4)]);
            8
        }
        Some(3) => {
            let length = message.length(4, 1).unwrap_or_default();
            out.text(REMOTE_NAME, message.slice(5, length));
            5 + length
        }
        Some(4) => {
            out.layout(message, &[Place::at(DST_V6, 4, 16)]);
            20
        }
        _ => return None,
    };
    out.layout(message, &[Place::at(PORT, end, 2)]);
    message.u16(end)
}
