//! VLAN tags (IEEE 802.1Q, 802.1ad).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "vlan", protocol, "802.1Q Virtual LAN";
    ID: "vlan.id", u16, "ID";
    PRIORITY: "vlan.priority", u16, "Priority";
    DEI: "vlan.dei", boolean, "DEI";
    ETYPE: "vlan.etype", x16, "Type";
    LEN: "vlan.len", u16, "Length";
    IEEE8021AD: "ieee8021ad", protocol, "IEEE 802.1ad";
    IEEE8021AD_ID: "ieee8021ad.id", u16, "ID";
    IEEE8021AD_PRIORITY: "ieee8021ad.priority", u16, "Priority";
    IEEE8021AD_DEI: "ieee8021ad.dei", u16, "DEI";
    IEEE8021AD_CVID: "ieee8021ad.cvid", u16, "ID";
    IEEE8021AD_SVID: "ieee8021ad.svid", u16, "ID";
}
