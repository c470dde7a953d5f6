//! Dynamic Host Configuration Protocol for IPv6 (RFC 8415).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "dhcpv6", protocol, "DHCPv6";
    MSGTYPE: "dhcpv6.msgtype", u8, "Message type" labels "dhcpv6-msgtype";
    XID: "dhcpv6.xid", x24, "Transaction ID";
    OPTION_TYPE: "dhcpv6.option.type", u16, "Option" labels "dhcpv6-option";
    OPTION_LENGTH: "dhcpv6.option.length", u16, "Length";
    ELAPSED_TIME: "dhcpv6.elapsed_time", u16, "Elapsed time";
    DUID_BYTES: "dhcpv6.duid.bytes", bytes, "DUID";
    DUID_TYPE: "dhcpv6.duid.type", u16, "DUID Type";
    IAADDR_IP: "dhcpv6.iaaddr.ip", ipv6, "IPv6 address";
    REQUESTED_OPTION_CODE: "dhcpv6.requested_option_code", u16, "Requested Option code" labels "dhcpv6-option";
    HOPCOUNT: "dhcpv6.hopcount", u8, "Hopcount";
    LINKADDR: "dhcpv6.linkaddr", ipv6, "Link address";
    PEERADDR: "dhcpv6.peeraddr", ipv6, "Peer address";
    DNS_SERVER: "dhcpv6.dns_server", ipv6, "DNS server address";
}

/// Messages of relays have another form (RFC 8415 9).
const RELAY_FORWARD: u8 = 12;
const RELAY_REPLY: u8 = 13;
/// Relays in relays that are followed.
const MOST_RELAYS: usize = 8;

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    self::message(message, 0, out);
}

fn message<'a>(message: Bytes<'a>, depth: usize, out: &mut Out<'_, '_, 'a>) {
    out.layout(message, &[Place::at(MSGTYPE, 0, 1)]);
    if matches!(message.u8(0), Some(RELAY_FORWARD | RELAY_REPLY)) {
        out.layout(
            message,
            &[
                Place::at(HOPCOUNT, 1, 1),
                Place::at(LINKADDR, 2, 16),
                Place::at(PEERADDR, 18, 16),
            ],
        );
        options(message.from(34), depth, out);
    } else {
        out.layout(message, &[Place::at(XID, 1, 3)]);
        options(message.from(4), depth, out);
    }
}

fn options<'a>(mut rest: Bytes<'a>, depth: usize, out: &mut Out<'_, '_, 'a>) {
    while let (Some(kind), Some(length)) = (rest.u16(0), rest.length(2, 2)) {
        out.number(OPTION_TYPE, Some(kind));
        out.count(OPTION_LENGTH, length);
        if depth < MOST_RELAYS {
            option(kind, rest.part(4, length), depth, out);
        }
        rest = rest.from(4 + length);
    }
}

/// RFC 8415 21.
fn option<'a>(kind: u16, value: Bytes<'a>, depth: usize, out: &mut Out<'_, '_, 'a>) {
    match kind {
        1 | 2 => {
            out.bytes(DUID_BYTES, Some(value.0));
            out.layout(value, &[Place::at(DUID_TYPE, 0, 2)]);
        }
        3 | 25 => options(value.from(12), depth + 1, out),
        4 => options(value.from(4), depth + 1, out),
        5 => out.layout(value, &[Place::at(IAADDR_IP, 0, 16)]),
        6 => (0..value.len() / 2).for_each(|index| out.layout(value, &[Place::at(REQUESTED_OPTION_CODE, index * 2, 2)])),
        8 => out.number(ELAPSED_TIME, value.u16(0).map(|hundredths| u64::from(hundredths) * 10)),
        9 => message(value, depth + 1, out),
        23 => (0..value.len() / 16).for_each(|index| out.layout(value, &[Place::at(DNS_SERVER, index * 16, 16)])),
        _ => {}
    }
}
