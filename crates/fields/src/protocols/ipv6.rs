//! Internet Protocol version 6 (RFC 8200).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "ipv6", protocol, "Internet Protocol Version 6";
    VERSION: "ipv6.version", u8, "Version";
    TCLASS: "ipv6.tclass", x32, "Traffic Class";
    TCLASS_DSCP: "ipv6.tclass.dscp", u32, "Differentiated Services Codepoint";
    TCLASS_ECN: "ipv6.tclass.ecn", u32, "Explicit Congestion Notification";
    FLOW: "ipv6.flow", x24, "Flow Label";
    PLEN: "ipv6.plen", u16, "Payload Length";
    NXT: "ipv6.nxt", u8, "Next Header";
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
    OPT_TYPE: "ipv6.opt.type", x8, "Type";
    SLAAC_MAC: "ipv6.slaac_mac", ethernet, "SLAAC MAC";
    SRC_SLAAC_MAC: "ipv6.src_slaac_mac", ethernet, "Source SLAAC MAC";
    DST_SLAAC_MAC: "ipv6.dst_slaac_mac", ethernet, "Destination SLAAC MAC";
}
