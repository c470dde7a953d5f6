//! MultiProtocol Label Switching Header.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "mpls", protocol, "MultiProtocol Label Switching Header";
    LABEL: "mpls.label", u32, "MPLS Label";
    EXP: "mpls.exp", u32, "MPLS Experimental Bits";
    BOTTOM: "mpls.bottom", u32, "MPLS Bottom Of Label Stack";
    TTL: "mpls.ttl", u32, "MPLS TTL";
}
