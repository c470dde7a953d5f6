//! Network Time Protocol (RFC 5905).

use whotalks_record::Timestamp;

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "ntp", protocol, "Network Time Protocol";
    FLAGS: "ntp.flags", x8, "Flags";
    FLAGS_LI: "ntp.flags.li", u8, "Leap Indicator" labels "ntp-leap";
    FLAGS_VN: "ntp.flags.vn", u8, "Version number" labels "ntp-version";
    FLAGS_MODE: "ntp.flags.mode", u8, "Mode" labels "ntp-mode";
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

/// RFC 5905 7.3.
const LAYOUT: &[Place] = &[
    Place::at(FLAGS, 0, 1),
    Place::bits(FLAGS_LI, 0, 1, 0xc0),
    Place::bits(FLAGS_VN, 0, 1, 0x38),
    Place::bits(FLAGS_MODE, 0, 1, 0x07),
    Place::at(STRATUM, 1, 1),
    Place::at(PPOLL, 2, 1),
    Place::at(PRECISION, 3, 1),
    Place::at(ROOTDELAY, 4, 4),
    Place::at(ROOTDISPERSION, 8, 4),
    Place::at(REFID, 12, 4),
];

/// Modes up to this one have the common form; 6 and 7 are for control.
const HIGHEST_MODE: u8 = 5;
/// Seconds from 1900 to 1970.
const TO_1970: i64 = 2_208_988_800;

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    if message.u8(0).is_none_or(|flags| flags & 0x07 > HIGHEST_MODE) {
        out.layout(message, LAYOUT.get(..4).unwrap_or_default());
        return;
    }
    out.layout(message, LAYOUT);
    for (id, at) in [(REFTIME, 16), (ORG, 24), (REC, 32), (XMT, 40)] {
        out.time(id, time(message, at));
    }
    out.bytes(KEYID, message.slice(48, 4));
}

/// Seconds since 1900, or since 2036 where the first bit is not set (RFC 5905 6), and a fraction.
pub(crate) fn time(message: Bytes<'_>, at: usize) -> Option<Timestamp> {
    let (seconds, fraction) = (message.be(at, 4)?, message.be(at + 4, 4)?);
    if seconds == 0 && fraction == 0 {
        return Some(Timestamp::from_nanoseconds(0));
    }
    let era = if seconds & 0x8000_0000 == 0 { 1_i64 << 32 } else { 0 };
    let nanoseconds = (u128::from(fraction) * 1_000_000_000) >> 32;
    Some(Timestamp::from_seconds(seconds as i64 + era - TO_1970, nanoseconds as u32))
}
