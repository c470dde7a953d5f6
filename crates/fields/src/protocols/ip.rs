//! Internet Protocol version 4 (RFC 791).

use whotalks_session::fragments::Whole;

use crate::declare::fields;
use crate::extract::{Bytes, Out, PieceFields, Place};

fields! {
    level Headers;
    PROTOCOL: "ip", protocol, "Internet Protocol Version 4";
    VERSION: "ip.version", u8, "Version";
    HDR_LEN: "ip.hdr_len", u8, "Header Length";
    DSFIELD: "ip.dsfield", x8, "Differentiated Services Field";
    DSFIELD_DSCP: "ip.dsfield.dscp", u8, "Differentiated Services Codepoint";
    DSFIELD_ECN: "ip.dsfield.ecn", u8, "Explicit Congestion Notification";
    LEN: "ip.len", u16, "Total Length";
    ID: "ip.id", x16, "Identification";
    FLAGS: "ip.flags", x8, "Flags";
    FLAGS_RB: "ip.flags.rb", boolean, "Reserved bit" labels "set";
    FLAGS_DF: "ip.flags.df", boolean, "Don't fragment" labels "set";
    FLAGS_MF: "ip.flags.mf", boolean, "More fragments" labels "set";
    FRAG_OFFSET: "ip.frag_offset", u16, "Fragment Offset";
    TTL: "ip.ttl", u8, "Time to Live";
    PROTO: "ip.proto", u8, "Protocol" labels "ip-proto";
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
    FRAGMENT_OVERLAP: "ip.fragment.overlap", boolean, "Fragment overlap";
    FRAGMENT_OVERLAP_CONFLICT: "ip.fragment.overlap.conflict", boolean, "Conflicting data in fragment overlap";
    FRAGMENT_MULTIPLETAILS: "ip.fragment.multipletails", boolean, "Multiple tail fragments found";
    FRAGMENT_TOOLONGFRAGMENT: "ip.fragment.toolongfragment", boolean, "Fragment too long";
    FRAGMENT_ERROR: "ip.fragment.error", frame_number, "Defragmentation error";
    FRAGMENT_COUNT: "ip.fragment.count", u32, "Fragment count";
    REASSEMBLED_LENGTH: "ip.reassembled.length", u32, "Reassembled IPv4 length";
    REASSEMBLED_DATA: "ip.reassembled.data", bytes, "Reassembled IPv4 data";
}

/// RFC 791 3.1. The fragment offset counts eight bytes.
const LAYOUT: &[Place] = &[
    Place::bits(VERSION, 0, 1, 0xf0),
    Place::at(DSFIELD, 1, 1),
    Place::bits(DSFIELD_DSCP, 1, 1, 0xfc),
    Place::bits(DSFIELD_ECN, 1, 1, 0x03),
    Place::at(ID, 4, 2),
    Place::bits(FLAGS, 6, 1, 0xe0),
    Place::bits(FLAGS_RB, 6, 1, 0x80),
    Place::bits(FLAGS_DF, 6, 1, 0x40),
    Place::bits(FLAGS_MF, 6, 1, 0x20),
    Place::bits(FRAG_OFFSET, 6, 2, 0x1fff),
    Place::at(TTL, 8, 1),
    Place::at(PROTO, 9, 1),
    Place::at(CHECKSUM, 10, 2),
    Place::at(SRC, 12, 4),
    Place::at(ADDR, 12, 4),
    Place::at(DST, 16, 4),
    Place::at(ADDR, 16, 4),
];

/// Wireshark's number for a checksum that was not verified.
const UNVERIFIED: u8 = 2;

/// The fields of the header that `layer` begins with; `wire_bytes` counts where the header leaves its length to the
/// network card.
pub(crate) fn extract<'a>(layer: Bytes<'a>, wire_bytes: u32, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(layer, LAYOUT);
    let header_bytes = layer.u8(0).map(|byte| usize::from(byte & 0x0f) * 4);
    out.number(HDR_LEN, header_bytes.map(|bytes| bytes as u64));
    out.number(LEN, layer.u16(2).map(|stated| if stated == 0 { wire_bytes } else { stated.into() }));
    out.number(CHECKSUM_STATUS, layer.u16(10).map(|_| UNVERIFIED));
    host(SRC_HOST, layer.slice(12, 4), out);
    host(DST_HOST, layer.slice(16, 4), out);
    options(layer.part(20, header_bytes.unwrap_or_default().saturating_sub(20)), out);
}

/// Without names of hosts, Wireshark writes the address.
fn host(id: crate::FieldId, address: Option<&[u8]>, out: &mut Out<'_, '_, '_>) {
    let address = address.and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    let text = || address.map(|bytes| std::net::Ipv4Addr::from(bytes).to_string());
    out.made_text(id, text);
    out.made_text(HOST, text);
}

/// Options of type, length and data; types 0 and 1 are one byte (RFC 791 3.1).
fn options<'a>(mut rest: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    while let Some(kind) = rest.u8(0) {
        out.number(OPT_TYPE, Some(kind));
        let length = match kind {
            0 => return,
            1 => 1,
            _ => rest.length(1, 1).unwrap_or_default(),
        };
        if kind > 1 {
            out.number(OPT_LEN, rest.u8(1));
        }
        if length == 0 {
            return;
        }
        rest = rest.from(length);
    }
}

/// The fields of a datagram that is put together.
pub(crate) fn reassembled<'a>(whole: &'a Whole, out: &mut Out<'_, '_, 'a>) {
    out.bytes(FRAGMENTS, Some(&whole.data));
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
