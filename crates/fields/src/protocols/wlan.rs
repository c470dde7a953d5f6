//! IEEE 802.11 wireless LAN.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "wlan", protocol, "IEEE 802.11 wireless LAN";
    FC_VERSION: "wlan.fc.version", u8, "Version";
    FC_TYPE: "wlan.fc.type", u8, "Type" labels "wlan-type";
    FC_SUBTYPE: "wlan.fc.subtype", u8, "Subtype";
    FC_TYPE_SUBTYPE: "wlan.fc.type_subtype", x16, "Type/Subtype" labels "wlan-type-subtype";
    FC_TODS: "wlan.fc.tods", boolean, "To DS";
    FC_FROMDS: "wlan.fc.fromds", boolean, "From DS";
    FC_FRAG: "wlan.fc.frag", boolean, "More Fragments";
    FC_RETRY: "wlan.fc.retry", boolean, "Retry";
    FC_PWRMGT: "wlan.fc.pwrmgt", boolean, "PWR MGT";
    FC_MOREDATA: "wlan.fc.moredata", boolean, "More Data";
    FC_PROTECTED: "wlan.fc.protected", boolean, "Protected flag";
    FLAGS: "wlan.flags", x8, "Flags";
    DURATION: "wlan.duration", u16, "Duration";
    RA: "wlan.ra", ethernet, "Receiver address";
    TA: "wlan.ta", ethernet, "Transmitter address";
    DA: "wlan.da", ethernet, "Destination address";
    SA: "wlan.sa", ethernet, "Source address";
    BSSID: "wlan.bssid", ethernet, "BSS Id";
    FRAG: "wlan.frag", u16, "Fragment number";
    SEQ: "wlan.seq", u16, "Sequence number";
}

/// Type and flags of every frame (IEEE 802.11 9.2.4).
const LAYOUT: &[Place] = &[
    Place::bits(FC_VERSION, 0, 1, 0x03),
    Place::bits(FC_TYPE, 0, 1, 0x0c),
    Place::bits(FC_SUBTYPE, 0, 1, 0xf0),
    Place::at(FLAGS, 1, 1),
    Place::bits(FC_TODS, 1, 1, 0x01),
    Place::bits(FC_FROMDS, 1, 1, 0x02),
    Place::bits(FC_FRAG, 1, 1, 0x04),
    Place::bits(FC_RETRY, 1, 1, 0x08),
    Place::bits(FC_PWRMGT, 1, 1, 0x10),
    Place::bits(FC_MOREDATA, 1, 1, 0x20),
    Place::bits(FC_PROTECTED, 1, 1, 0x40),
    Place::le(DURATION, 2, 2),
    Place::at(RA, 4, 6),
];
const DATA: u8 = 2;
const CONTROL: u8 = 1;

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    let Some(first) = layer.u8(0) else { return };
    let (kind, subtype) = (first >> 2 & 3, first >> 4);
    out.number(FC_TYPE_SUBTYPE, Some(kind << 4 | subtype));
    if kind == CONTROL {
        return;
    }
    out.layout(layer, &[Place::at(TA, 10, 6), Place::le_bits(FRAG, 22, 2, 0x000f), Place::le_bits(SEQ, 22, 2, 0xfff0)]);
    let ways = layer.u8(1).unwrap_or_default() & 3;
    let (destination, source, network) = match (kind, ways) {
        (DATA, 1) => (16, 10, 4),
        (DATA, 2) => (4, 16, 10),
        (DATA, 3) => (16, 24, 0),
        _ => (4, 10, 16),
    };
    out.layout(layer, &[Place::at(DA, destination, 6), Place::at(SA, source, 6)]);
    if network > 0 {
        out.layout(layer, &[Place::at(BSSID, network, 6)]);
    }
}
