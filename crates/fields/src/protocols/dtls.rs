//! Datagram Transport Layer Security (RFC 6347).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "dtls", protocol, "Datagram Transport Layer Security";
    RECORD_CONTENT_TYPE: "dtls.record.content_type", u8, "Content Type";
    RECORD_VERSION: "dtls.record.version", x16, "Version";
    RECORD_EPOCH: "dtls.record.epoch", u16, "Epoch";
    RECORD_SEQUENCE_NUMBER: "dtls.record.sequence_number", u64, "Sequence Number";
    RECORD_LENGTH: "dtls.record.length", u16, "Length";
    HANDSHAKE_TYPE: "dtls.handshake.type", u8, "Handshake Type";
    HANDSHAKE_LENGTH: "dtls.handshake.length", u24, "Length";
    HANDSHAKE_EXTENSIONS_SERVER_NAME: "dtls.handshake.extensions_server_name", text, "Server Name";
}
