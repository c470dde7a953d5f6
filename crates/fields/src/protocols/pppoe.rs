//! PPP-over-Ethernet Session.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "pppoes", protocol, "PPP-over-Ethernet Session";
    PPPOED: "pppoed", protocol, "PPP-over-Ethernet Discovery";
    PPPOE_VERSION: "pppoe.version", u8, "Version";
    PPPOE_TYPE: "pppoe.type", u8, "Type";
    PPPOE_CODE: "pppoe.code", x8, "Code";
    PPPOE_SESSION_ID: "pppoe.session_id", x16, "Session ID";
    PPPOE_PAYLOAD_LENGTH: "pppoe.payload_length", u16, "Payload Length";
}
