//! Logical-Link Control.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "llc", protocol, "Logical-Link Control";
    DSAP: "llc.dsap", x8, "DSAP";
    SSAP: "llc.ssap", x8, "SSAP";
    CONTROL: "llc.control", x16, "Control";
    OUI: "llc.oui", u24, "Organization Code";
    TYPE: "llc.type", x16, "Type";
    STP: "stp", protocol, "Spanning Tree Protocol";
    STP_TYPE: "stp.type", x8, "BPDU Type";
    STP_VERSION: "stp.version", u8, "Protocol Version Identifier";
    STP_ROOT_HW: "stp.root.hw", ethernet, "Root Bridge System ID";
    STP_BRIDGE_HW: "stp.bridge.hw", ethernet, "Bridge System ID";
    STP_PORT: "stp.port", x16, "Port identifier";
    STP_ROOT_COST: "stp.root.cost", u32, "Root Path Cost";
    CDP: "cdp", protocol, "Cisco Discovery Protocol";
    LLDP: "lldp", protocol, "Link Layer Discovery Protocol";
}

/// IEEE 802.2, and SNAP behind addresses of 0xaa.
const LAYOUT: &[Place] = &[Place::at(DSAP, 0, 1), Place::at(SSAP, 1, 1)];
const SNAP_LAYOUT: &[Place] = &[Place::at(OUI, 3, 3)];
/// The address of SNAP.
const SNAP: u16 = 0xaaaa;

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    // Unnumbered frames have both low bits set and a control field of one byte.
    let is_unnumbered = layer.u8(2).is_some_and(|control| control & 3 == 3);
    let control = if is_unnumbered { Place::at(CONTROL, 2, 1) } else { Place::le(CONTROL, 2, 2) };
    out.layout(layer, &[control]);
    if layer.u16(0) == Some(SNAP) {
        snap(layer, out);
    }
}

fn snap<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(layer, SNAP_LAYOUT);
    if layer.be(3, 3) == Some(0) {
        out.number(TYPE, layer.u16(6));
    }
}

/// IEEE 802.1D 9.3.
const SPANNING_TREE_LAYOUT: &[Place] = &[
    Place::at(STP_VERSION, 2, 1),
    Place::at(STP_TYPE, 3, 1),
    Place::at(STP_ROOT_HW, 7, 6),
    Place::at(STP_ROOT_COST, 13, 4),
    Place::at(STP_BRIDGE_HW, 19, 6),
    Place::at(STP_PORT, 25, 2),
];

/// The fields of a bridge's message.
pub(crate) fn spanning_tree<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(STP, layer.0);
    out.layout(layer, SPANNING_TREE_LAYOUT);
}
