//! Link-Local Multicast Name Resolution (RFC 4795).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "llmnr", protocol, "Link-local Multicast Name Resolution";
}
