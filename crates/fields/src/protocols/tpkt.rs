//! TPKT - ISO on TCP - RFC1006.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "tpkt", protocol, "TPKT - ISO on TCP - RFC1006";
    VERSION: "tpkt.version", u8, "Version";
    RESERVED: "tpkt.reserved", u8, "Reserved";
    LENGTH: "tpkt.length", u16, "Length";
}
