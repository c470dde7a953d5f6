//! Generic Network Virtualization Encapsulation.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "geneve", protocol, "Generic Network Virtualization Encapsulation";
    VERSION: "geneve.version", u8, "Version";
    VNI: "geneve.vni", x24, "Virtual Network Identifier (VNI)";
    PROTO_TYPE: "geneve.proto_type", x16, "Protocol Type";
    OPTIONS: "geneve.options", bytes, "Geneve Options";
}
