//! Teredo IPv6 over UDP tunneling.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "teredo", protocol, "Teredo IPv6 over UDP tunneling";
    ORIG_PORT: "teredo.orig.port", u16, "Origin UDP port";
    ORIG_ADDR: "teredo.orig.addr", ipv4, "Origin IPv4 address";
}
