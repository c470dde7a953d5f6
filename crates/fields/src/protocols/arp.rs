//! Address Resolution Protocol (RFC 826).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "arp", protocol, "Address Resolution Protocol";
    HW_TYPE: "arp.hw.type", u16, "Hardware type" labels "arp-hardware";
    PROTO_TYPE: "arp.proto.type", x16, "Protocol type" labels "ethertype";
    HW_SIZE: "arp.hw.size", u8, "Hardware size";
    PROTO_SIZE: "arp.proto.size", u8, "Protocol size";
    OPCODE: "arp.opcode", u16, "Opcode" labels "arp-opcode";
    ISGRATUITOUS: "arp.isgratuitous", boolean, "Is gratuitous";
    SRC_HW_MAC: "arp.src.hw_mac", ethernet, "Sender MAC address";
    SRC_PROTO_IPV4: "arp.src.proto_ipv4", ipv4, "Sender IP address";
    DST_HW_MAC: "arp.dst.hw_mac", ethernet, "Target MAC address";
    DST_PROTO_IPV4: "arp.dst.proto_ipv4", ipv4, "Target IP address";
}

/// What stands before the addresses, as RFC 826 draws it.
const LAYOUT: &[Place] = &[
    Place::at(HW_TYPE, 0, 2),
    Place::at(PROTO_TYPE, 2, 2),
    Place::at(HW_SIZE, 4, 1),
    Place::at(PROTO_SIZE, 5, 1),
    Place::at(OPCODE, 6, 2),
];
const HEADER_BYTES: usize = 8;
/// Hardware with addresses like those of Ethernet: Ethernet and the other networks of IEEE 802 (IANA "ARP parameters").
const LIKE_ETHERNET: [u16; 2] = [1, 6];
const IPV4: u16 = 0x0800;

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    let (Some(hardware), Some(protocol)) = (layer.length(4, 1), layer.length(5, 1)) else { return };
    let sender_at = HEADER_BYTES + hardware;
    let target_at = sender_at + protocol + hardware;
    if hardware == 6 && layer.u16(0).is_some_and(|kind| LIKE_ETHERNET.contains(&kind)) {
        out.layout(layer, &[Place::at(SRC_HW_MAC, HEADER_BYTES, 6), Place::at(DST_HW_MAC, sender_at + protocol, 6)]);
    }
    if protocol != 4 || layer.u16(2) != Some(IPV4) {
        return;
    }
    out.layout(layer, &[Place::at(SRC_PROTO_IPV4, sender_at, 4), Place::at(DST_PROTO_IPV4, target_at, 4)]);
    let (sender, target) = (layer.slice(sender_at, 4), layer.slice(target_at, 4));
    if sender.is_some() && sender == target {
        out.flag(ISGRATUITOUS, Some(true));
    }
}
