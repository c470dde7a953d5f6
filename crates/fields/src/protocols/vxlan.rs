//! Virtual eXtensible Local Area Network.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "vxlan", protocol, "Virtual eXtensible Local Area Network";
    FLAGS: "vxlan.flags", x16, "Flags";
    VNI: "vxlan.vni", u24, "VXLAN Network Identifier (VNI)";
    GBP: "vxlan.gbp", u16, "Group Policy ID";
}
