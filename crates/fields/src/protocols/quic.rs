//! QUIC (RFC 9000).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "quic", protocol, "QUIC IETF";
    PACKET_LENGTH: "quic.packet_length", u32, "Packet Length";
    HEADER_FORM: "quic.header_form", u8, "Header Form";
    FIXED_BIT: "quic.fixed_bit", boolean, "Fixed Bit";
    LONG_PACKET_TYPE: "quic.long.packet_type", u8, "Packet Type";
    LONG_PACKET_TYPE_V2: "quic.long.packet_type_v2", u8, "Packet Type";
    LONG_RESERVED: "quic.long.reserved", u8, "Reserved";
    PACKET_NUMBER_LENGTH: "quic.packet_number_length", u8, "Packet Number Length";
    VERSION: "quic.version", x32, "Version";
    DCIL: "quic.dcil", u8, "Destination Connection ID Length";
    DCID: "quic.dcid", bytes, "Destination Connection ID";
    SCIL: "quic.scil", u8, "Source Connection ID Length";
    SCID: "quic.scid", bytes, "Source Connection ID";
    TOKEN_LENGTH: "quic.token_length", u64, "Token Length";
    TOKEN: "quic.token", bytes, "Token";
    LENGTH: "quic.length", u64, "Length";
    PACKET_NUMBER: "quic.packet_number", u64, "Packet Number";
    PAYLOAD: "quic.payload", bytes, "Payload";
    SHORT: "quic.short", none, "QUIC Short Header";
    SPIN_BIT: "quic.spin_bit", boolean, "Spin Bit";
    REMAINING_PAYLOAD: "quic.remaining_payload", bytes, "Remaining Payload";
    CONNECTION_NUMBER: "quic.connection.number", u32, "Connection Number";
    FRAME: "quic.frame", none, "Frame";
    FRAME_TYPE: "quic.frame_type", x64, "Frame Type";
    CRYPTO_OFFSET: "quic.crypto.offset", u64, "Offset";
    CRYPTO_LENGTH: "quic.crypto.length", u64, "Length";
    CRYPTO_CRYPTO_DATA: "quic.crypto.crypto_data", none, "Crypto Data";
    PADDING_LENGTH: "quic.padding_length", u32, "Padding Length";
    ACK_LARGEST_ACKNOWLEDGED: "quic.ack.largest_acknowledged", u64, "Largest Acknowledged";
    ACK_ACK_DELAY: "quic.ack.ack_delay", u64, "ACK Delay";
    ACK_ACK_RANGE_COUNT: "quic.ack.ack_range_count", u64, "ACK Range Count";
    ACK_FIRST_ACK_RANGE: "quic.ack.first_ack_range", u64, "First ACK Range";
    SUPPORTED_VERSION: "quic.supported_version", x32, "Supported Version";
    RETRY_TOKEN: "quic.retry_token", bytes, "Retry Token";
    RETRY_INTEGRITY_TAG: "quic.retry_integrity_tag", bytes, "Retry Integrity Tag";
    CC_ERROR_CODE: "quic.cc.error_code", u64, "Error code";
    CC_REASON_PHRASE: "quic.cc.reason_phrase", text, "Reason phrase";
    GQUIC: "gquic", protocol, "GQUIC (Google Quick UDP Internet Connections)";
}
