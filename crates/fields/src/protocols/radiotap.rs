//! IEEE 802.11 Radiotap Capture header.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "radiotap", protocol, "IEEE 802.11 Radiotap Capture header";
    VERSION: "radiotap.version", u8, "Header revision";
    LENGTH: "radiotap.length", u16, "Header length";
    DATARATE: "radiotap.datarate", float, "Data rate (Mb/s)";
    CHANNEL_FREQ: "radiotap.channel.freq", u32, "Channel frequency";
    DBM_ANTSIGNAL: "radiotap.dbm_antsignal", i8, "Antenna signal";
    DBM_ANTNOISE: "radiotap.dbm_antnoise", i8, "Antenna noise";
    ANTENNA: "radiotap.antenna", u32, "Antenna";
    WLAN_RADIO: "wlan_radio", protocol, "802.11 radio information";
    WLAN_RADIO_CHANNEL: "wlan_radio.channel", u32, "Channel";
    WLAN_RADIO_SIGNAL_DBM: "wlan_radio.signal_dbm", i8, "Signal strength (dBm)";
}
