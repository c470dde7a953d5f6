//! WireGuard Protocol.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "wg", protocol, "WireGuard Protocol";
    TYPE: "wg.type", u8, "Type";
    SENDER: "wg.sender", x32, "Sender";
    RECEIVER: "wg.receiver", x32, "Receiver";
    COUNTER: "wg.counter", u64, "Counter";
    OPENVPN: "openvpn", protocol, "OpenVPN Protocol";
    OPENVPN_TYPE: "openvpn.type", x8, "Type";
    OPENVPN_OPCODE: "openvpn.opcode", x8, "Opcode";
    OPENVPN_SESSIONID: "openvpn.sessionid", u64, "Session ID";
}
