//! Real-Time Transport Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "rtp", protocol, "Real-Time Transport Protocol";
    VERSION: "rtp.version", u8, "Version";
    PADDING: "rtp.padding", boolean, "Padding";
    EXT: "rtp.ext", boolean, "Extension";
    CC: "rtp.cc", u8, "Contributing source identifiers count";
    MARKER: "rtp.marker", boolean, "Marker";
    P_TYPE: "rtp.p_type", u8, "Payload type";
    SEQ: "rtp.seq", u16, "Sequence number";
    TIMESTAMP: "rtp.timestamp", u32, "Timestamp";
    SSRC: "rtp.ssrc", x32, "Synchronization Source identifier";
    PAYLOAD: "rtp.payload", bytes, "Payload";
    RTCP: "rtcp", protocol, "Real-time Transport Control Protocol";
    RTCP_PT: "rtcp.pt", u8, "Packet type";
}
