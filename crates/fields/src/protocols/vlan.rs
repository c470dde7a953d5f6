//! VLAN tags (IEEE 802.1Q, 802.1ad).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "vlan", protocol, "802.1Q Virtual LAN";
    ID: "vlan.id", u16, "ID";
    PRIORITY: "vlan.priority", u16, "Priority";
    DEI: "vlan.dei", boolean, "DEI";
    ETYPE: "vlan.etype", x16, "Type" labels "eth-type";
    LEN: "vlan.len", u16, "Length";
    IEEE8021AD: "ieee8021ad", protocol, "IEEE 802.1ad";
    IEEE8021AD_ID: "ieee8021ad.id", u16, "ID";
    IEEE8021AD_PRIORITY: "ieee8021ad.priority", u16, "Priority";
    IEEE8021AD_DEI: "ieee8021ad.dei", u16, "DEI";
}

/// The four bytes of a tag, after the type that announces it.
const LAYOUT: &[Place] = &[
    Place::bits(PRIORITY, 0, 2, 0xe000),
    Place::bits(DEI, 0, 2, 0x1000),
    Place::bits(ID, 0, 2, 0x0fff),
];

/// The same bytes where type 0x88a8 announced them.
const SERVICE_LAYOUT: &[Place] = &[
    Place::bits(IEEE8021AD_PRIORITY, 0, 2, 0xe000),
    Place::bits(IEEE8021AD_DEI, 0, 2, 0x1000),
    Place::bits(IEEE8021AD_ID, 0, 2, 0x0fff),
];

/// The fields of the tag that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    match layer.u16(2) {
        Some(length) if length <= 1500 => out.number(LEN, Some(length)),
        ether_type => {
            out.layer("ethertype");
            out.number(ETYPE, ether_type);
        }
    }
}

/// The fields of a service tag.
pub(crate) fn service<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(IEEE8021AD, layer.0);
    out.layout(layer, SERVICE_LAYOUT);
    out.layer("ethertype");
}
