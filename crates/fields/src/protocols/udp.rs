//! User Datagram Protocol (RFC 768).

use crate::declare::fields;
use whotalks_session::streams::UdpFrame;

use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "udp", protocol, "User Datagram Protocol";
    SRCPORT: "udp.srcport", u16, "Source Port";
    DSTPORT: "udp.dstport", u16, "Destination Port";
    PORT: "udp.port", u16, "Source or Destination Port";
    LENGTH: "udp.length", u16, "Length";
    CHECKSUM: "udp.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "udp.checksum.status", u8, "Checksum Status" labels "checksum-status";
    STREAM: "udp.stream", u32, "Stream index" at Streams;
    TIME_RELATIVE: "udp.time_relative", span, "Time since first frame" at Streams;
    TIME_DELTA: "udp.time_delta", span, "Time since previous frame" at Streams;
    PAYLOAD: "udp.payload", bytes, "Payload";
}

/// RFC 768.
const LAYOUT: &[Place] = &[
    Place::at(SRCPORT, 0, 2),
    Place::at(PORT, 0, 2),
    Place::at(DSTPORT, 2, 2),
    Place::at(PORT, 2, 2),
    Place::at(LENGTH, 4, 2),
    Place::at(CHECKSUM, 6, 2),
];

/// Wireshark's number for a checksum that was not verified.
const UNVERIFIED: u8 = 2;
/// And for one that the sender left out.
const NOT_PRESENT: u8 = 3;
/// Bytes of the header.
pub(crate) const HEADER_BYTES: usize = 8;

/// The fields of the header that `layer` begins with, as far as it tells them by itself.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(layer, LAYOUT);
    let status = |checksum| if checksum == 0 { NOT_PRESENT } else { UNVERIFIED };
    out.number(CHECKSUM_STATUS, layer.u16(6).map(status));
    let payload = layer.from(HEADER_BYTES);
    out.bytes(PAYLOAD, (payload.len() > 0).then_some(payload.0));
}

/// The fields that the conversation tells.
pub(crate) fn conversation<T>(frame: &UdpFrame<'_, T>, out: &mut Out<'_, '_, '_>) {
    out.number(STREAM, Some(frame.number.0));
    out.span(TIME_RELATIVE, Some(frame.since_first));
    out.span(TIME_DELTA, Some(frame.since_previous));
}

/// The ports, where more of the header was not captured.
pub(crate) fn beginning<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    /// The layout begins with the ports.
    const PORTS: &[Place] = LAYOUT.split_at(4).0;
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, PORTS);
}
