//! Network Time Protocol (RFC 5905).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "ntp", protocol, "Network Time Protocol";
    FLAGS: "ntp.flags", x8, "Flags";
    FLAGS_LI: "ntp.flags.li", u8, "Leap Indicator";
    FLAGS_VN: "ntp.flags.vn", u8, "Version number";
    FLAGS_MODE: "ntp.flags.mode", u8, "Mode";
    STRATUM: "ntp.stratum", u8, "Peer Clock Stratum";
    PPOLL: "ntp.ppoll", u8, "Peer Polling Interval";
    PRECISION: "ntp.precision", u8, "Peer Clock Precision";
    ROOTDELAY: "ntp.rootdelay", u32, "Root Delay";
    ROOTDISPERSION: "ntp.rootdispersion", u32, "Root Dispersion";
    REFID: "ntp.refid", bytes, "Reference ID";
    REFTIME: "ntp.reftime", time, "Reference Timestamp";
    ORG: "ntp.org", time, "Origin Timestamp";
    REC: "ntp.rec", time, "Receive Timestamp";
    XMT: "ntp.xmt", time, "Transmit Timestamp";
    KEYID: "ntp.keyid", bytes, "Key ID";
}
