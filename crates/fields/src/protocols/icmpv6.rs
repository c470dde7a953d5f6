//! Internet Control Message Protocol version 6 (RFC 4443, RFC 4861).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place, checksum};

fields! {
    level Headers;
    PROTOCOL: "icmpv6", protocol, "Internet Control Message Protocol v6";
    TYPE: "icmpv6.type", u8, "Type" labels "icmpv6-type";
    CODE: "icmpv6.code", u8, "Code";
    CHECKSUM: "icmpv6.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "icmpv6.checksum.status", u8, "Checksum Status" labels "checksum-status";
    RESERVED: "icmpv6.reserved", bytes, "Reserved";
    ECHO_IDENTIFIER: "icmpv6.echo.identifier", x16, "Identifier";
    ECHO_SEQUENCE_NUMBER: "icmpv6.echo.sequence_number", u16, "Sequence";
    MTU: "icmpv6.mtu", u32, "MTU";
    ND_NS_TARGET_ADDRESS: "icmpv6.nd.ns.target_address", ipv6, "Target Address";
    ND_NA_TARGET_ADDRESS: "icmpv6.nd.na.target_address", ipv6, "Target Address";
    ND_NA_FLAG: "icmpv6.nd.na.flag", x32, "Flags";
    ND_NA_FLAG_R: "icmpv6.nd.na.flag.r", boolean, "Router" labels "set";
    ND_NA_FLAG_S: "icmpv6.nd.na.flag.s", boolean, "Solicited" labels "set";
    ND_NA_FLAG_O: "icmpv6.nd.na.flag.o", boolean, "Override" labels "set";
    ND_RA_CUR_HOP_LIMIT: "icmpv6.nd.ra.cur_hop_limit", u8, "Cur hop limit";
    ND_RA_FLAG: "icmpv6.nd.ra.flag", x8, "Flags";
    ND_RA_ROUTER_LIFETIME: "icmpv6.nd.ra.router_lifetime", u16, "Router lifetime (s)";
    ND_RA_REACHABLE_TIME: "icmpv6.nd.ra.reachable_time", u32, "Reachable time (ms)";
    ND_RA_RETRANS_TIMER: "icmpv6.nd.ra.retrans_timer", u32, "Retrans timer (ms)";
    ND_RD_TARGET_ADDRESS: "icmpv6.nd.rd.target_address", ipv6, "Target Address";
    OPT: "icmpv6.opt", none, "ICMPv6 Option";
    OPT_TYPE: "icmpv6.opt.type", u8, "Type" labels "icmpv6-option";
    OPT_LENGTH: "icmpv6.opt.length", u8, "Length";
    OPT_LINKADDR: "icmpv6.opt.linkaddr", bytes, "Link-layer address";
    OPT_SRC_LINKADDR: "icmpv6.opt.src_linkaddr", bytes, "Source Link-layer address";
    OPT_TARGET_LINKADDR: "icmpv6.opt.target_linkaddr", bytes, "Target Link-layer address";
    OPT_PREFIX: "icmpv6.opt.prefix", ipv6, "Prefix";
    OPT_PREFIX_LENGTH: "icmpv6.opt.prefix.length", u8, "Prefix Length";
    OPT_MTU: "icmpv6.opt.mtu", u32, "MTU";
    OPT_RDNSS: "icmpv6.opt.rdnss", ipv6, "Recursive DNS Servers";
    MLD_MULTICAST_ADDRESS: "icmpv6.mld.multicast_address", ipv6, "Multicast Address";
    MLD_MAXIMUM_RESPONSE_DELAY: "icmpv6.mld.maximum_response_delay", u16, "Maximum Response Delay [ms]";
    MLDR_NB_MCAST_RECORDS: "icmpv6.mldr.nb_mcast_records", u16, "Number of Multicast Address Records";
    MLDR_MAR_MULTICAST_ADDRESS: "icmpv6.mldr.mar.multicast_address", ipv6, "Multicast Address";
    MLDR_MAR_RECORD_TYPE: "icmpv6.mldr.mar.record_type", u8, "Record Type";
}

/// RFC 4443 2.1.
const LAYOUT: &[Place] = &[Place::at(TYPE, 0, 1), Place::at(CODE, 1, 1), Place::at(CHECKSUM, 2, 2)];
const ECHO_LAYOUT: &[Place] = &[Place::at(ECHO_IDENTIFIER, 4, 2), Place::at(ECHO_SEQUENCE_NUMBER, 6, 2)];
const ROUTER_ADVERTISEMENT_LAYOUT: &[Place] = &[
    Place::at(ND_RA_CUR_HOP_LIMIT, 4, 1),
    Place::at(ND_RA_FLAG, 5, 1),
    Place::at(ND_RA_ROUTER_LIFETIME, 6, 2),
    Place::at(ND_RA_REACHABLE_TIME, 8, 4),
    Place::at(ND_RA_RETRANS_TIMER, 12, 4),
];
const NEIGHBOR_ADVERTISEMENT_LAYOUT: &[Place] = &[
    Place::at(ND_NA_FLAG, 4, 4),
    Place::bits(ND_NA_FLAG_R, 4, 4, 0x8000_0000),
    Place::bits(ND_NA_FLAG_S, 4, 4, 0x4000_0000),
    Place::bits(ND_NA_FLAG_O, 4, 4, 0x2000_0000),
    Place::at(ND_NA_TARGET_ADDRESS, 8, 16),
];
const LISTENER_LAYOUT: &[Place] = &[
    Place::at(MLD_MAXIMUM_RESPONSE_DELAY, 4, 2),
    Place::at(RESERVED, 6, 2),
    Place::at(MLD_MULTICAST_ADDRESS, 8, 16),
];

/// The types with fields of their own (IANA "ICMPv6 Parameters").
const PACKET_TOO_BIG: u8 = 2;
const ECHO_REQUEST: u8 = 128;
const ECHO_REPLY: u8 = 129;
const LISTENER_QUERY: u8 = 130;
const LISTENER_DONE: u8 = 132;
const ROUTER_SOLICITATION: u8 = 133;
const ROUTER_ADVERTISEMENT: u8 = 134;
const NEIGHBOR_SOLICITATION: u8 = 135;
const NEIGHBOR_ADVERTISEMENT: u8 = 136;
const REDIRECT: u8 = 137;
const LISTENER_REPORT_2: u8 = 143;

/// The fields of the message that `layer` is; `addresses` are source and destination of its packet where it was captured
/// whole, so that its checksum can be verified.
pub(crate) fn extract<'a>(layer: Bytes<'a>, addresses: Option<&[u8]>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(layer, LAYOUT);
    if out.wants(CHECKSUM_STATUS) {
        out.number(CHECKSUM_STATUS, layer.u16(2).map(|_| checksum_status(layer, addresses)));
    }
    match layer.u8(0) {
        Some(PACKET_TOO_BIG) => out.layout(layer, &[Place::at(MTU, 4, 4)]),
        Some(ECHO_REQUEST | ECHO_REPLY) => out.layout(layer, ECHO_LAYOUT),
        Some(LISTENER_QUERY..=LISTENER_DONE) => out.layout(layer, LISTENER_LAYOUT),
        Some(LISTENER_REPORT_2) => listener_report(layer, out),
        Some(1 | 3) => out.layout(layer, &[Place::at(RESERVED, 4, 4)]),
        Some(kind) => neighbor(kind, layer, out),
        None => {}
    }
}

/// The message after its header, where it is an echo, whose data nothing describes.
pub(crate) fn echo_data(layer: Bytes<'_>) -> Option<Bytes<'_>> {
    matches!(layer.u8(0), Some(ECHO_REQUEST | ECHO_REPLY)).then(|| layer.from(8))
}

/// Neighbor discovery (RFC 4861 4).
fn neighbor<'a>(kind: u8, layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let options_at = match kind {
        ROUTER_SOLICITATION => {
            out.layout(layer, &[Place::at(RESERVED, 4, 4)]);
            8
        }
        ROUTER_ADVERTISEMENT => {
            out.layout(layer, ROUTER_ADVERTISEMENT_LAYOUT);
            16
        }
        NEIGHBOR_SOLICITATION => {
            out.layout(layer, &[Place::at(RESERVED, 4, 4), Place::at(ND_NS_TARGET_ADDRESS, 8, 16)]);
            24
        }
        NEIGHBOR_ADVERTISEMENT => {
            out.layout(layer, NEIGHBOR_ADVERTISEMENT_LAYOUT);
            24
        }
        REDIRECT => {
            out.layout(layer, &[Place::at(RESERVED, 4, 4), Place::at(ND_RD_TARGET_ADDRESS, 8, 16)]);
            40
        }
        _ => return,
    };
    options(layer.from(options_at), out);
}

/// Options of type, length in words of eight bytes, and data (RFC 4861 4.6).
fn options<'a>(mut rest: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    while let (Some(kind), Some(words)) = (rest.u8(0), rest.length(1, 1)) {
        let option = rest.part(0, words * 8);
        out.bytes(OPT, Some(option.0));
        out.number(OPT_TYPE, Some(kind));
        out.number(OPT_LENGTH, rest.u8(1));
        self::option(kind, option, out);
        if words == 0 {
            return;
        }
        rest = rest.from(words * 8);
    }
}

fn option<'a>(kind: u8, option: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        1 => out.layout(option, &[Place::at(OPT_LINKADDR, 2, 6), Place::at(OPT_SRC_LINKADDR, 2, 6)]),
        2 => out.layout(option, &[Place::at(OPT_LINKADDR, 2, 6), Place::at(OPT_TARGET_LINKADDR, 2, 6)]),
        3 => out.layout(option, &[Place::at(OPT_PREFIX_LENGTH, 2, 1), Place::at(OPT_PREFIX, 16, 16)]),
        5 => out.layout(option, &[Place::at(OPT_MTU, 4, 4)]),
        25 => {
            for at in (8..option.len()).step_by(16) {
                out.layout(option, &[Place::at(OPT_RDNSS, at, 16)]);
            }
        }
        _ => {}
    }
}

/// RFC 3810 5.2.
fn listener_report<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(layer, &[Place::at(RESERVED, 4, 2), Place::at(MLDR_NB_MCAST_RECORDS, 6, 2)]);
    let mut rest = layer.from(8);
    while rest.len() >= 20 {
        out.layout(
            rest,
            &[Place::at(MLDR_MAR_RECORD_TYPE, 0, 1), Place::at(MLDR_MAR_MULTICAST_ADDRESS, 4, 16)],
        );
        let sources = rest.length(2, 2).unwrap_or_default();
        let words = rest.length(1, 1).unwrap_or_default();
        rest = rest.from(20 + sources * 16 + words * 4);
    }
}

fn checksum_status(layer: Bytes<'_>, addresses: Option<&[u8]>) -> u8 {
    let Some(addresses) = addresses else { return 2 };
    let start = checksum::pseudo_header(addresses, layer.len() as u32, 58);
    u8::from(checksum::ones_complement(layer.0, start) == 0xffff)
}

/// Type and code, where more of the header was not captured.
pub(crate) fn beginning<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, &[Place::at(TYPE, 0, 1), Place::at(CODE, 1, 1)]);
}
