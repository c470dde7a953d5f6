//! GPRS Tunneling Protocol.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "gtp", protocol, "GPRS Tunneling Protocol";
    FLAGS: "gtp.flags", x8, "Flags";
    MESSAGE: "gtp.message", x8, "Message Type";
    LENGTH: "gtp.length", u16, "Length";
    TEID: "gtp.teid", x32, "TEID";
    SEQ_NUMBER: "gtp.seq_number", x16, "Sequence number";
}
