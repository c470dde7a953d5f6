//! Internet Protocol version 6 (RFC 8200).

use whotalks_session::fragments::Whole;

use crate::declare::fields;
use crate::Value;
use crate::extract::{Bytes, Out, PieceFields, Place};
use crate::protocols::ip;

fields! {
    level Headers;
    PROTOCOL: "ipv6", protocol, "Internet Protocol Version 6";
    VERSION: "ipv6.version", u8, "Version";
    TCLASS: "ipv6.tclass", x32, "Traffic Class";
    TCLASS_DSCP: "ipv6.tclass.dscp", u32, "Differentiated Services Codepoint";
    TCLASS_ECN: "ipv6.tclass.ecn", u32, "Explicit Congestion Notification";
    FLOW: "ipv6.flow", x24, "Flow Label";
    PLEN: "ipv6.plen", u16, "Payload Length";
    NXT: "ipv6.nxt", u8, "Next Header" labels "ip-proto";
    HLIM: "ipv6.hlim", u8, "Hop Limit";
    SRC: "ipv6.src", ipv6, "Source Address";
    DST: "ipv6.dst", ipv6, "Destination Address";
    ADDR: "ipv6.addr", ipv6, "Source or Destination Address";
    HOST: "ipv6.host", text, "Source or Destination Host";
    SRC_HOST: "ipv6.src_host", text, "Source Host";
    DST_HOST: "ipv6.dst_host", text, "Destination Host";
    HOPOPTS: "ipv6.hopopts", protocol, "IPv6 Hop-by-Hop Option";
    HOPOPTS_NXT: "ipv6.hopopts.nxt", u8, "Next Header";
    HOPOPTS_LEN: "ipv6.hopopts.len", u8, "Length";
    DSTOPTS: "ipv6.dstopts", protocol, "Destination Options for IPv6";
    DSTOPTS_NXT: "ipv6.dstopts.nxt", u8, "Next Header";
    ROUTING: "ipv6.routing", protocol, "Routing Header for IPv6";
    ROUTING_TYPE: "ipv6.routing.type", u8, "Type";
    ROUTING_SEGLEFT: "ipv6.routing.segleft", u8, "Segments Left";
    FRAGHDR: "ipv6.fraghdr", protocol, "Fragment Header for IPv6";
    FRAGHDR_NXT: "ipv6.fraghdr.nxt", u8, "Next header";
    FRAGHDR_OFFSET: "ipv6.fraghdr.offset", u16, "Offset";
    FRAGHDR_MORE: "ipv6.fraghdr.more", boolean, "More Fragments";
    FRAGHDR_IDENT: "ipv6.fraghdr.ident", x32, "Identification";
    FRAGMENTS: "ipv6.fragments", none, "IPv6 Fragments";
    FRAGMENT: "ipv6.fragment", frame_number, "IPv6 Fragment";
    FRAGMENT_OVERLAP: "ipv6.fragment.overlap", boolean, "Fragment overlap";
    FRAGMENT_OVERLAP_CONFLICT: "ipv6.fragment.overlap.conflict", boolean, "Conflicting data in fragment overlap";
    FRAGMENT_MULTIPLETAILS: "ipv6.fragment.multipletails", boolean, "Multiple tail fragments found";
    FRAGMENT_TOOLONGFRAGMENT: "ipv6.fragment.toolongfragment", boolean, "Fragment too long";
    FRAGMENT_ERROR: "ipv6.fragment.error", frame_number, "Defragmentation error";
    FRAGMENT_COUNT: "ipv6.fragment.count", u32, "Fragment count";
    REASSEMBLED_LENGTH: "ipv6.reassembled.length", u32, "Reassembled IPv6 length";
    REASSEMBLED_DATA: "ipv6.reassembled.data", bytes, "Reassembled IPv6 data";
    OPT_TYPE: "ipv6.opt.type", x8, "Type";
    SLAAC_MAC: "ipv6.slaac_mac", ethernet, "SLAAC MAC";
    SRC_SLAAC_MAC: "ipv6.src_slaac_mac", ethernet, "Source SLAAC MAC";
    DST_SLAAC_MAC: "ipv6.dst_slaac_mac", ethernet, "Destination SLAAC MAC";
}

/// RFC 8200 3.
const LAYOUT: &[Place] = &[
    Place::bits(VERSION, 0, 1, 0xf0),
    Place::bits(TCLASS, 0, 4, 0x0ff0_0000),
    Place::bits(TCLASS_DSCP, 0, 4, 0x0fc0_0000),
    Place::bits(TCLASS_ECN, 0, 4, 0x0030_0000),
    Place::bits(FLOW, 0, 4, 0x000f_ffff),
    Place::at(PLEN, 4, 2),
    Place::at(NXT, 6, 1),
    Place::at(HLIM, 7, 1),
    Place::at(SRC, 8, 16),
    Place::at(ADDR, 8, 16),
    Place::at(DST, 24, 16),
    Place::at(ADDR, 24, 16),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(layer, LAYOUT);
    // Wireshark shows the version under both names.
    out.layout(layer, &[Place::bits(ip::VERSION, 0, 1, 0xf0)]);
    host(SRC_HOST, layer.slice(8, 16), out);
    host(DST_HOST, layer.slice(24, 16), out);
    hardware_address(SRC_SLAAC_MAC, layer.slice(8, 16), out);
    hardware_address(DST_SLAAC_MAC, layer.slice(24, 16), out);
}

fn host(id: crate::FieldId, address: Option<&[u8]>, out: &mut Out<'_, '_, '_>) {
    let address = address.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    let text = || address.map(|bytes| std::net::Ipv6Addr::from(bytes).to_string());
    out.made_text(id, text);
    out.made_text(HOST, text);
}

/// The hardware address that an interface identifier was made from (RFC 4291 appendix A).
fn hardware_address(id: crate::FieldId, address: Option<&[u8]>, out: &mut Out<'_, '_, '_>) {
    if let Some([.., a, b, c, 0xff, 0xfe, d, e, f]) = address
        && a & 0x02 != 0
    {
        let hardware = Value::Ethernet([a ^ 0x02, *b, *c, *d, *e, *f]);
        out.put(id, Some(hardware.clone()));
        out.put(SLAAC_MAC, Some(hardware));
    }
}

/// Numbers of extension headers (RFC 8200 4.1).
const HOP_BY_HOP: u8 = 0;
const ROUTING_HEADER: u8 = 43;
const FRAGMENT_HEADER: u8 = 44;
const DESTINATION_OPTIONS: u8 = 60;

/// The fields of the extension header of type `kind` that `layer` begins with.
pub(crate) fn extension<'a>(layer: Bytes<'a>, kind: u8, out: &mut Out<'_, '_, 'a>) {
    match kind {
        HOP_BY_HOP => {
            out.protocol(HOPOPTS, layer.0);
            out.layout(layer, &[Place::at(HOPOPTS_NXT, 0, 1), Place::at(HOPOPTS_LEN, 1, 1)]);
            options(layer, out);
        }
        DESTINATION_OPTIONS => {
            out.protocol(DSTOPTS, layer.0);
            out.layout(layer, &[Place::at(DSTOPTS_NXT, 0, 1)]);
            options(layer, out);
        }
        ROUTING_HEADER => {
            out.protocol(ROUTING, layer.0);
            out.layout(layer, &[Place::at(ROUTING_TYPE, 2, 1), Place::at(ROUTING_SEGLEFT, 3, 1)]);
        }
        FRAGMENT_HEADER => {
            out.protocol(FRAGHDR, layer.0);
            out.layout(layer, FRAGMENT_LAYOUT);
        }
        _ => {}
    }
}

/// RFC 8200 4.5.
const FRAGMENT_LAYOUT: &[Place] = &[
    Place::at(FRAGHDR_NXT, 0, 1),
    Place::bits(FRAGHDR_OFFSET, 2, 2, 0xfff8),
    Place::bits(FRAGHDR_MORE, 2, 2, 0x0001),
    Place::at(FRAGHDR_IDENT, 4, 4),
];

/// The types of all options; type 0 is one byte of padding (RFC 8200 4.2).
fn options<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let bytes = layer.length(1, 1).map_or(0, |words| words * 8 + 8);
    let mut rest = layer.part(2, bytes.saturating_sub(2));
    while let Some(kind) = rest.u8(0) {
        out.number(OPT_TYPE, Some(kind));
        let length = if kind == 0 { Some(1) } else { rest.length(1, 1).map(|length| length + 2) };
        let Some(length) = length else { return };
        rest = rest.from(length);
    }
}

/// The fields of a datagram that is put together.
pub(crate) fn reassembled<'a>(whole: &'a Whole, out: &mut Out<'_, '_, 'a>) {
    out.present(FRAGMENTS);
    REASSEMBLY.extract(whole, out);
}

const REASSEMBLY: PieceFields = PieceFields {
    fragment: FRAGMENT,
    overlap: FRAGMENT_OVERLAP,
    conflict: FRAGMENT_OVERLAP_CONFLICT,
    other_end: FRAGMENT_MULTIPLETAILS,
    too_long: FRAGMENT_TOOLONGFRAGMENT,
    error: FRAGMENT_ERROR,
    count: FRAGMENT_COUNT,
    length: REASSEMBLED_LENGTH,
    data: REASSEMBLED_DATA,
};
