//! SOCKS 4 and 5 (RFC 1928).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "socks", protocol, "Socks Protocol";
    VERSION: "socks.version", u8, "Version";
    COMMAND: "socks.command", u8, "Command";
    DST: "socks.dst", ipv4, "Remote Address";
    DST_V6: "socks.dstV6", ipv6, "Remote Address(ipv6)";
    PORT: "socks.port", u16, "Port";
    DSTPORT: "socks.dstport", u16, "Remote Port";
    RESULTS: "socks.results", u8, "Results(V4)";
    REMOTE_NAME: "socks.remote_name", text, "Remote name";
    USERNAME: "socks.username", text, "User name";
    PASSWORD: "socks.password", text, "Password";
    AUTH_METHOD_COUNT: "socks.auth_method_count", u8, "Authentication Method Count";
    AUTH_METHOD: "socks.auth_method", u8, "Method";
    AUTH_ACCEPTED_METHOD: "socks.auth_accepted_method", u8, "Accepted Auth Method";
    ADDRESS_TYPE: "socks.address_type", u8, "Address Type";
}
