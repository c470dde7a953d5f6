//! Multicast DNS (RFC 6762).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "mdns", protocol, "Multicast Domain Name System";
}
