//! Internet Group Management Protocol (RFC 9776).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place, checksum};

fields! {
    level Headers;
    PROTOCOL: "igmp", protocol, "Internet Group Management Protocol";
    VERSION: "igmp.version", u8, "IGMP Version";
    TYPE: "igmp.type", x8, "Type" labels "igmp-type";
    MAX_RESP: "igmp.max_resp", u8, "Max Resp Time";
    CHECKSUM: "igmp.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "igmp.checksum.status", u8, "Checksum Status" labels "checksum-status";
    MADDR: "igmp.maddr", ipv4, "Multicast Address";
    RESERVED: "igmp.reserved", bytes, "Reserved";
    NUM_GRP_RECS: "igmp.num_grp_recs", u16, "Num Group Records";
    RECORD_TYPE: "igmp.record_type", u8, "Record Type" labels "igmp-record";
    NUM_SRC: "igmp.num_src", u16, "Num Src";
    SADDR: "igmp.saddr", ipv4, "Source Address";
    S: "igmp.s", boolean, "S";
    QRV: "igmp.qrv", u8, "QRV";
    QQIC: "igmp.qqic", u8, "QQIC";
}

/// RFC 2236 2; what follows depends on the type.
const LAYOUT: &[Place] = &[
    Place::at(TYPE, 0, 1),
    Place::at(CHECKSUM, 2, 2),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    out.number(CHECKSUM_STATUS, layer.u16(2).map(|_| status(layer)));
    match layer.u8(0) {
        Some(QUERY) if layer.len() >= 12 => query_3(layer, out),
        Some(REPORT_3) => report_3(layer, out),
        Some(REPORT_1) => {
            out.number(VERSION, Some(1_u8));
            out.layout(layer, &[Place::at(MADDR, 4, 4)]);
        }
        Some(kind) => {
            let version = if kind == QUERY && layer.u8(1) == Some(0) { 1_u8 } else { 2 };
            out.number(VERSION, Some(version));
            out.layout(layer, &[Place::at(MAX_RESP, 1, 1), Place::at(MADDR, 4, 4)]);
        }
        None => {}
    }
}

const QUERY: u8 = 0x11;
const REPORT_1: u8 = 0x12;
const REPORT_3: u8 = 0x22;

/// RFC 9776 4.1.
fn query_3<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.number(VERSION, Some(3_u8));
    out.layout(layer, QUERY_3_LAYOUT);
    addresses(layer.from(12), layer.length(10, 2), out);
}

const QUERY_3_LAYOUT: &[Place] = &[
    Place::at(MAX_RESP, 1, 1),
    Place::at(MADDR, 4, 4),
    Place::bits(S, 8, 1, 0x08),
    Place::bits(QRV, 8, 1, 0x07),
    Place::at(QQIC, 9, 1),
    Place::at(NUM_SRC, 10, 2),
];

/// RFC 9776 4.2.
fn report_3<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.number(VERSION, Some(3_u8));
    out.layout(layer, &[Place::at(RESERVED, 1, 1), Place::at(NUM_GRP_RECS, 6, 2)]);
    let mut rest = layer.from(8);
    while rest.len() >= 8 {
        out.layout(rest, RECORD_LAYOUT);
        let sources = rest.length(2, 2);
        addresses(rest.from(8), sources, out);
        let words = rest.length(1, 1).unwrap_or_default();
        rest = rest.from(8 + (sources.unwrap_or_default() + words) * 4);
    }
}

const RECORD_LAYOUT: &[Place] = &[
    Place::at(RECORD_TYPE, 0, 1),
    Place::at(NUM_SRC, 2, 2),
    Place::at(MADDR, 4, 4),
];

fn addresses<'a>(list: Bytes<'a>, count: Option<usize>, out: &mut Out<'_, '_, 'a>) {
    for index in 0..count.unwrap_or_default().min(list.len() / 4) {
        out.layout(list, &[Place::at(SADDR, index * 4, 4)]);
    }
}

/// Wireshark's numbers for checksums: bad and good.
fn status(layer: Bytes<'_>) -> u8 {
    u8::from(checksum::ones_complement(layer.0, 0) == 0xffff)
}
