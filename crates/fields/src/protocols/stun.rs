//! Session Traversal Utilities for NAT.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "stun", protocol, "Session Traversal Utilities for NAT";
    TYPE: "stun.type", x16, "Message Type";
    TYPE_CLASS: "stun.type.class", x16, "Message Class";
    TYPE_METHOD: "stun.type.method", x16, "Message Method";
    LENGTH: "stun.length", u16, "Message Length";
    COOKIE: "stun.cookie", bytes, "Message Cookie";
    ID: "stun.id", bytes, "Message Transaction ID";
    ATTRIBUTE: "stun.attribute", x16, "Attribute Type";
    ATT_TYPE: "stun.att.type", x16, "Attribute Type";
    ATT_LENGTH: "stun.att.length", u16, "Attribute Length";
    ATT_IPV4: "stun.att.ipv4", ipv4, "IP";
    ATT_IPV6: "stun.att.ipv6", ipv6, "IP";
    ATT_PORT: "stun.att.port", u16, "Port";
    ATT_FAMILY: "stun.att.family", x8, "Protocol Family";
    ATT_IPV4_XORD: "stun.att.ipv4-xord", bytes, "IP (XOR-d)";
    ATT_PORT_XORD: "stun.att.port-xord", bytes, "Port (XOR-d)";
    ATT_SOFTWARE: "stun.att.software", text, "Software";
    ATT_USERNAME: "stun.att.username", text, "Username";
    ATT_REALM: "stun.att.realm", text, "Realm";
    ATT_ERROR: "stun.att.error", u8, "Error Code";
}
