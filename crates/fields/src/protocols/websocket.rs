//! WebSocket (RFC 6455).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "websocket", protocol, "WebSocket";
    FIN: "websocket.fin", boolean, "Fin";
    OPCODE: "websocket.opcode", u8, "Opcode";
    MASK: "websocket.mask", boolean, "Mask";
    PAYLOAD_LENGTH: "websocket.payload_length", u8, "Payload length";
    MASKING_KEY: "websocket.masking_key", bytes, "Masking-Key";
    PAYLOAD: "websocket.payload", none, "Payload";
    PAYLOAD_TEXT: "websocket.payload.text", text, "Text";
}
