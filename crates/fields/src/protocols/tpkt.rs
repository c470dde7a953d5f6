//! TPKT - ISO on TCP - RFC1006.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};
use crate::protocols::{cotp, rdp};

fields! {
    level Applications;
    PROTOCOL: "tpkt", protocol, "TPKT - ISO on TCP - RFC1006";
    VERSION: "tpkt.version", u8, "Version";
    RESERVED: "tpkt.reserved", u8, "Reserved";
    LENGTH: "tpkt.length", u16, "Length";
}

/// RFC 1006 6.
const LAYOUT: &[Place] = &[Place::at(VERSION, 0, 1), Place::at(RESERVED, 1, 1), Place::at(LENGTH, 2, 2)];
const HEADER_BYTES: usize = 4;

/// How long the packet is that `bytes` begins with: of TPKT, or a fast-path packet of RDP (MS-RDPBCGR 2.2.9.1.1).
pub(crate) fn length(bytes: &[u8]) -> Length {
    let bytes = Bytes(bytes);
    let length = match bytes.u8(0) {
        Some(3) => bytes.length(2, 2),
        Some(0x16) => return Length::Unframed,
        _ => match bytes.u8(1) {
            Some(high) if high & 0x80 != 0 => bytes.length(1, 2).map(|length| length & 0x7fff),
            short => short.map(usize::from),
        },
    };
    match length {
        Some(length) if length < 2 => Length::Unframed,
        Some(length) => Length::Known(length),
        None => Length::OneMoreSegment,
    }
}

/// The fields of the packet that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    if message.u8(0) != Some(3) {
        rdp::fast_path(message, out);
        return;
    }
    out.layout(message, LAYOUT);
    cotp::extract(message.from(HEADER_BYTES), context, out);
}
