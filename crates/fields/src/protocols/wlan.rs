//! IEEE 802.11 wireless LAN.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "wlan", protocol, "IEEE 802.11 wireless LAN";
    FC: "wlan.fc", x16, "Frame Control Field";
    FC_VERSION: "wlan.fc.version", u8, "Version";
    FC_TYPE: "wlan.fc.type", u8, "Type";
    FC_SUBTYPE: "wlan.fc.subtype", u8, "Subtype";
    FC_TYPE_SUBTYPE: "wlan.fc.type_subtype", x16, "Type/Subtype";
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
    ADDR: "wlan.addr", ethernet, "Hardware address";
    STAA: "wlan.staa", ethernet, "STA address";
    FRAG: "wlan.frag", u16, "Fragment number";
    SEQ: "wlan.seq", u16, "Sequence number";
    QOS_TID: "wlan.qos.tid", u16, "TID";
    SSID: "wlan.ssid", bytes, "SSID";
    TAG_NUMBER: "wlan.tag.number", u8, "Tag Number";
    TAG_LENGTH: "wlan.tag.length", u32, "Tag length";
}
