//! Null/Loopback.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "null", protocol, "Null/Loopback";
    FAMILY: "null.family", u32, "Family";
    RAW: "raw", protocol, "Raw packet data";
}
