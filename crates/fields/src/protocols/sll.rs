//! Linux cooked-mode capture.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "sll", protocol, "Linux cooked-mode capture";
    PKTTYPE: "sll.pkttype", u16, "Packet type" labels "sll-type";
    HATYPE: "sll.hatype", u16, "Link-layer address type" labels "arp-hardware";
    HALEN: "sll.halen", u16, "Link-layer address length";
    SRC_ETH: "sll.src.eth", ethernet, "Source";
    ETYPE: "sll.etype", x16, "Protocol" labels "ethertype";
    UNUSED: "sll.unused", bytes, "Unused";
    IFINDEX: "sll.ifindex", u32, "Interface index";
}

/// <https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html>
const LAYOUT: &[Place] = &[
    Place::at(PKTTYPE, 0, 2),
    Place::at(HATYPE, 2, 2),
    Place::at(HALEN, 4, 2),
    Place::at(ETYPE, 14, 2),
];

/// <https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html>
const LAYOUT_2: &[Place] = &[
    Place::at(ETYPE, 0, 2),
    Place::at(IFINDEX, 4, 4),
    Place::at(HATYPE, 8, 2),
    Place::at(PKTTYPE, 10, 1),
    Place::at(HALEN, 11, 1),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layer("ethertype");
    out.layout(layer, LAYOUT);
    address(layer, layer.length(4, 2), 6, out);
}

/// The same for version 2.
pub(crate) fn extract_2<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layer("ethertype");
    out.layout(layer, LAYOUT_2);
    address(layer, layer.length(11, 1), 12, out);
}

/// The hardware address, in a place for eight bytes.
fn address<'a>(layer: Bytes<'a>, length: Option<usize>, at: usize, out: &mut Out<'_, '_, 'a>) {
    let length = length.unwrap_or_default().min(8);
    if length == 6 {
        out.layout(layer, &[Place::at(SRC_ETH, at, 6)]);
    }
    out.bytes(UNUSED, layer.slice(at + length, 8 - length).filter(|unused| !unused.is_empty()));
}
