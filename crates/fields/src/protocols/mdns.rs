//! Multicast DNS (RFC 6762).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "mdns", protocol, "Multicast Domain Name System";
}
