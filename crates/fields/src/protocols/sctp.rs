//! Stream Control Transmission Protocol (RFC 9260).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "sctp", protocol, "Stream Control Transmission Protocol";
    SRCPORT: "sctp.srcport", u16, "Source port";
    DSTPORT: "sctp.dstport", u16, "Destination port";
    PORT: "sctp.port", u16, "Port";
    VERIFICATION_TAG: "sctp.verification_tag", x32, "Verification tag";
    CHECKSUM: "sctp.checksum", x32, "Checksum";
    CHUNK_TYPE: "sctp.chunk_type", u8, "Chunk type";
}
