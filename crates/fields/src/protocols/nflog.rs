//! Linux Netfilter NFLOG.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "nflog", protocol, "Linux Netfilter NFLOG";
    FAMILY: "nflog.family", u8, "Family";
    VERSION: "nflog.version", u8, "Version";
}
