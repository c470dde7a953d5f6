//! Syslog (RFC 3164, RFC 5424).

use crate::declare::fields;
use crate::extract::{Bytes, Out};

fields! {
    level Headers;
    PROTOCOL: "syslog", protocol, "Syslog message";
    FACILITY: "syslog.facility", u8, "Facility" labels "syslog-facility";
    LEVEL: "syslog.level", u8, "Level" labels "syslog-level";
    MSG: "syslog.msg", text, "Message";
}

/// The fields of the message that `message` is: a number in angle brackets, then text (RFC 3164 4.1.1).
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let end = message.0.iter().take(5).position(|byte| *byte == b'>');
    let digits = end.and_then(|end| std::str::from_utf8(message.0.get(1..end)?).ok());
    let Some(number) = digits.and_then(|digits| digits.parse::<u16>().ok()) else { return };
    out.number(FACILITY, Some(number >> 3));
    out.number(LEVEL, Some(number & 7));
    out.text(MSG, end.and_then(|end| message.0.get(end + 1..)));
}
