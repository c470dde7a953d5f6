//! Syslog (RFC 3164, RFC 5424).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "syslog", protocol, "Syslog message";
    FACILITY: "syslog.facility", u8, "Facility";
    LEVEL: "syslog.level", u8, "Level";
    MSG: "syslog.msg", text, "Message";
}
