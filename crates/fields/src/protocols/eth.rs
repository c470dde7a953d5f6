//! Ethernet (IEEE 802.3).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "eth", protocol, "Ethernet";
    DST: "eth.dst", ethernet, "Destination";
    SRC: "eth.src", ethernet, "Source";
    ADDR: "eth.addr", ethernet, "Address";
    TYPE: "eth.type", x16, "Type" labels "eth-type";
    LEN: "eth.len", u16, "Length";
    LG: "eth.lg", boolean, "LG bit";
    IG: "eth.ig", boolean, "IG bit";
    DST_LG: "eth.dst.lg", boolean, "LG bit";
    DST_IG: "eth.dst.ig", boolean, "IG bit";
    SRC_LG: "eth.src.lg", boolean, "LG bit";
    SRC_IG: "eth.src.ig", boolean, "IG bit";
    DST_OUI: "eth.dst.oui", u24, "Destination OUI";
    SRC_OUI: "eth.src.oui", u24, "Source OUI";
    ADDR_OUI: "eth.addr.oui", u24, "Address OUI";
    PADDING: "eth.padding", bytes, "Padding";
    TRAILER: "eth.trailer", bytes, "Trailer";
    FCS: "eth.fcs", x32, "Frame check sequence";
}

/// Header of both Ethernet II and IEEE 802.3; Wireshark shows each address under its own name and as one of a pair.
const LAYOUT: &[Place] = &[
    Place::at(DST, 0, 6),
    Place::at(DST_OUI, 0, 3),
    Place::at(ADDR, 0, 6),
    Place::at(ADDR_OUI, 0, 3),
    Place::bits(DST_LG, 0, 3, 0x02_0000),
    Place::bits(LG, 0, 3, 0x02_0000),
    Place::bits(DST_IG, 0, 3, 0x01_0000),
    Place::bits(IG, 0, 3, 0x01_0000),
    Place::at(SRC, 6, 6),
    Place::at(SRC_OUI, 6, 3),
    Place::at(ADDR, 6, 6),
    Place::at(ADDR_OUI, 6, 3),
    Place::bits(SRC_LG, 6, 3, 0x02_0000),
    Place::bits(LG, 6, 3, 0x02_0000),
    Place::bits(SRC_IG, 6, 3, 0x01_0000),
    Place::bits(IG, 6, 3, 0x01_0000),
];

/// The largest value of the type field that is a length.
const LARGEST_LENGTH: u16 = 1500;
/// Bytes that a frame has at least, without its checksum.
const LEAST_FRAME_BYTES: usize = 60;
/// Bytes of the checksum of a frame.
const CHECKSUM_BYTES: usize = 4;

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    match layer.u16(12) {
        Some(length) if length <= LARGEST_LENGTH => out.number(LEN, Some(length)),
        ether_type => {
            out.layer("ethertype");
            out.number(TYPE, ether_type);
        }
    }
}

/// What lies behind the packet: padding up to the least length of a frame, then a trailer. `before` bytes of the frame
/// lie before it, and it had `frame_bytes` on the wire.
pub(crate) fn trailer<'a>(bytes: Bytes<'a>, before: usize, frame_bytes: u32, out: &mut Out<'_, '_, 'a>) {
    let is_full = frame_bytes as usize >= LEAST_FRAME_BYTES;
    let has_checksum = frame_bytes as usize >= LEAST_FRAME_BYTES + CHECKSUM_BYTES;
    let room = if is_full { LEAST_FRAME_BYTES.saturating_sub(before).min(bytes.len()) } else { 0 };
    // Padding is zeros; anything else was put there.
    let is_zero = bytes.part(0, room).0.iter().all(|byte| *byte == 0);
    let padding = if is_zero { room } else { 0 };
    if padding > 0 {
        out.bytes(PADDING, bytes.slice(0, padding));
    }
    let behind = bytes.from(padding);
    // The last four bytes of what is more than padding are taken for the checksum.
    let trailer = behind.len().saturating_sub(CHECKSUM_BYTES);
    if behind.len() < CHECKSUM_BYTES || !has_checksum {
        out.bytes(TRAILER, (behind.len() > 0).then_some(behind.0));
        return;
    }
    out.bytes(TRAILER, behind.slice(0, trailer).filter(|trailer| !trailer.is_empty()));
    out.number(FCS, behind.u32(trailer));
}
