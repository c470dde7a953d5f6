//! Linux cooked-mode capture.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "sll", protocol, "Linux cooked-mode capture";
    PKTTYPE: "sll.pkttype", u16, "Packet type";
    HATYPE: "sll.hatype", u16, "Link-layer address type";
    HALEN: "sll.halen", u16, "Link-layer address length";
    SRC_ETH: "sll.src.eth", ethernet, "Source";
    ETYPE: "sll.etype", x16, "Protocol";
    UNUSED: "sll.unused", bytes, "Unused";
    IFINDEX: "sll.ifindex", u32, "Interface index";
}
