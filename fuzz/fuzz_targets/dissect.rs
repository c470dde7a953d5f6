#![no_main]
//! A packet of any link type; the first two bytes choose it.

use whotalks_record::LinkType;

libfuzzer_sys::fuzz_target!(|input: ([u8; 2], u32, &[u8])| {
    let (link_type, wire_bytes, frame) = input;
    let seen = whotalks_wire::dissect::packet(LinkType(u16::from_le_bytes(link_type)), frame, wire_bytes);
    let _ = (seen.ip().copied(), seen.ports());
});
