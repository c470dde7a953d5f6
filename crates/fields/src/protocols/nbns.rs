//! NetBIOS name and datagram services (RFC 1002).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "nbns", protocol, "NetBIOS Name Service";
    ID: "nbns.id", x16, "Transaction ID";
    FLAGS: "nbns.flags", x16, "Flags";
    FLAGS_RESPONSE: "nbns.flags.response", boolean, "Response";
    FLAGS_OPCODE: "nbns.flags.opcode", u16, "Opcode";
    FLAGS_TRUNCATED: "nbns.flags.truncated", boolean, "Truncated";
    FLAGS_RECDESIRED: "nbns.flags.recdesired", boolean, "Recursion desired";
    FLAGS_RECAVAIL: "nbns.flags.recavail", boolean, "Recursion available";
    FLAGS_AUTHORITATIVE: "nbns.flags.authoritative", boolean, "Authoritative";
    FLAGS_BROADCAST: "nbns.flags.broadcast", boolean, "Broadcast";
    FLAGS_RCODE: "nbns.flags.rcode", u16, "Reply code";
    COUNT_QUERIES: "nbns.count.queries", u16, "Questions";
    COUNT_ANSWERS: "nbns.count.answers", u16, "Answer RRs";
    COUNT_AUTH_RR: "nbns.count.auth_rr", u16, "Authority RRs";
    COUNT_ADD_RR: "nbns.count.add_rr", u16, "Additional RRs";
    NAME: "nbns.name", text, "Name";
    TYPE: "nbns.type", u16, "Type";
    CLASS: "nbns.class", u16, "Class";
    TTL: "nbns.ttl", u32, "Time to live";
    DATA_LENGTH: "nbns.data_length", u16, "Data length";
    NB_FLAGS: "nbns.nb_flags", x16, "Name flags";
    ADDR: "nbns.addr", ipv4, "Addr";
    NBDGM: "nbdgm", protocol, "NetBIOS Datagram Service";
    NBDGM_TYPE: "nbdgm.type", u8, "Message Type";
    NBDGM_SRC_IP: "nbdgm.src.ip", ipv4, "Source IP";
    NBDGM_SRC_PORT: "nbdgm.src.port", u16, "Source Port";
    NBDGM_SOURCE_NAME: "nbdgm.source_name", text, "Source name";
    NBDGM_DESTINATION_NAME: "nbdgm.destination_name", text, "Destination name";
    NBDGM_DGRAM_ID: "nbdgm.dgram_id", x16, "Datagram ID";
    NBDGM_DGRAM_LEN: "nbdgm.dgram_len", u16, "Datagram length";
}
