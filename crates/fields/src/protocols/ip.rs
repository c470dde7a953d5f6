//! Internet Protocol version 4 (RFC 791).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "ip", protocol, "Internet Protocol Version 4";
    VERSION: "ip.version", u8, "Version";
    HDR_LEN: "ip.hdr_len", u8, "Header Length";
    DSFIELD: "ip.dsfield", x8, "Differentiated Services Field";
    DSFIELD_DSCP: "ip.dsfield.dscp", u8, "Differentiated Services Codepoint";
    DSFIELD_ECN: "ip.dsfield.ecn", u8, "Explicit Congestion Notification";
    LEN: "ip.len", u16, "Total Length";
    ID: "ip.id", x16, "Identification";
    FLAGS: "ip.flags", x8, "Flags";
    FLAGS_RB: "ip.flags.rb", boolean, "Reserved bit";
    FLAGS_DF: "ip.flags.df", boolean, "Don't fragment";
    FLAGS_MF: "ip.flags.mf", boolean, "More fragments";
    FRAG_OFFSET: "ip.frag_offset", u16, "Fragment Offset";
    TTL: "ip.ttl", u8, "Time to Live";
    PROTO: "ip.proto", u8, "Protocol";
    CHECKSUM: "ip.checksum", x16, "Header Checksum";
    CHECKSUM_STATUS: "ip.checksum.status", u8, "Header checksum status";
    SRC: "ip.src", ipv4, "Source Address";
    DST: "ip.dst", ipv4, "Destination Address";
    ADDR: "ip.addr", ipv4, "Source or Destination Address";
    HOST: "ip.host", text, "Source or Destination Host";
    SRC_HOST: "ip.src_host", text, "Source Host";
    DST_HOST: "ip.dst_host", text, "Destination Host";
    OPT_TYPE: "ip.opt.type", u8, "Type";
    OPT_LEN: "ip.opt.len", u8, "Length";
    FRAGMENTS: "ip.fragments", bytes, "IPv4 Fragments";
    FRAGMENT: "ip.fragment", frame_number, "IPv4 Fragment";
    REASSEMBLED_IN: "ip.reassembled_in", frame_number, "Reassembled IPv4 in frame";
    REASSEMBLED_LENGTH: "ip.reassembled.length", u32, "Reassembled IPv4 length";
}
