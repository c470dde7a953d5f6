//! Layer 2 Tunneling Protocol.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "l2tp", protocol, "Layer 2 Tunneling Protocol";
    TYPE: "l2tp.type", u16, "Type";
    LENGTH: "l2tp.length", u16, "Length";
    TUNNEL: "l2tp.tunnel", u16, "Tunnel ID";
    SESSION: "l2tp.session", u16, "Session ID";
    VERSION: "l2tp.version", u16, "Version";
}
