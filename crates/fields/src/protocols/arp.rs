//! Address Resolution Protocol (RFC 826).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "arp", protocol, "Address Resolution Protocol";
    HW_TYPE: "arp.hw.type", u16, "Hardware type";
    PROTO_TYPE: "arp.proto.type", x16, "Protocol type";
    HW_SIZE: "arp.hw.size", u8, "Hardware size";
    PROTO_SIZE: "arp.proto.size", u8, "Protocol size";
    OPCODE: "arp.opcode", u16, "Opcode";
    ISGRATUITOUS: "arp.isgratuitous", boolean, "Is gratuitous";
    ISPROBE: "arp.isprobe", boolean, "Is probe";
    ISANNOUNCEMENT: "arp.isannouncement", boolean, "Is announcement";
    SRC_HW_MAC: "arp.src.hw_mac", ethernet, "Sender MAC address";
    SRC_PROTO_IPV4: "arp.src.proto_ipv4", ipv4, "Sender IP address";
    DST_HW_MAC: "arp.dst.hw_mac", ethernet, "Target MAC address";
    DST_PROTO_IPV4: "arp.dst.proto_ipv4", ipv4, "Target IP address";
    SRC_HW: "arp.src.hw", bytes, "Sender hardware address";
    DST_HW: "arp.dst.hw", bytes, "Target hardware address";
    SRC_PROTO: "arp.src.proto", bytes, "Sender protocol address";
    DST_PROTO: "arp.dst.proto", bytes, "Target protocol address";
}
