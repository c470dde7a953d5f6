//! User Datagram Protocol (RFC 768).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "udp", protocol, "User Datagram Protocol";
    SRCPORT: "udp.srcport", u16, "Source Port";
    DSTPORT: "udp.dstport", u16, "Destination Port";
    PORT: "udp.port", u16, "Source or Destination Port";
    LENGTH: "udp.length", u16, "Length";
    CHECKSUM: "udp.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "udp.checksum.status", u8, "Checksum Status";
    STREAM: "udp.stream", u32, "Stream index" at Streams;
    TIME_RELATIVE: "udp.time_relative", span, "Time since first frame" at Streams;
    TIME_DELTA: "udp.time_delta", span, "Time since previous frame" at Streams;
    PAYLOAD: "udp.payload", bytes, "Payload";
}
