//! Generic Routing Encapsulation.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "gre", protocol, "Generic Routing Encapsulation";
    PROTO: "gre.proto", x16, "Protocol Type";
    FLAGS_AND_VERSION: "gre.flags_and_version", x16, "Flags and Version";
    FLAGS_CHECKSUM: "gre.flags.checksum", boolean, "Checksum Bit";
    FLAGS_KEY: "gre.flags.key", boolean, "Key Bit";
    FLAGS_SEQUENCE_NUMBER: "gre.flags.sequence_number", boolean, "Sequence Number Bit";
    KEY: "gre.key", x32, "Key";
    SEQUENCE_NUMBER: "gre.sequence_number", u32, "Sequence Number";
    ERSPAN: "erspan", protocol, "Encapsulated Remote Switch Packet ANalysis";
    ERSPAN_VERSION: "erspan.version", u16, "Version";
    ERSPAN_VLAN: "erspan.vlan", u16, "Vlan";
    ERSPAN_SPANID: "erspan.spanid", u16, "SpanID";
}
