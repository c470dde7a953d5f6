//! Internet Control Message Protocol (RFC 792).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "icmp", protocol, "Internet Control Message Protocol";
    TYPE: "icmp.type", u8, "Type";
    CODE: "icmp.code", u8, "Code";
    CHECKSUM: "icmp.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "icmp.checksum.status", u8, "Checksum Status";
    IDENT: "icmp.ident", u16, "Identifier (BE)";
    IDENT_LE: "icmp.ident_le", u16, "Identifier (LE)";
    SEQ: "icmp.seq", u16, "Sequence Number (BE)";
    SEQ_LE: "icmp.seq_le", u16, "Sequence Number (LE)";
    DATA_TIME: "icmp.data_time", time, "Timestamp from icmp data";
    RESP_IN: "icmp.resp_in", frame_number, "Response frame";
    RESP_TO: "icmp.resp_to", frame_number, "Request frame";
    RESPTIME: "icmp.resptime", float, "Response time";
    NO_RESP: "icmp.no_resp", none, "No response seen";
    REDIR_GW: "icmp.redir_gw", ipv4, "Gateway Address";
    MTU: "icmp.mtu", u16, "MTU of next hop";
    UNUSED: "icmp.unused", bytes, "Unused";
    LENGTH: "icmp.length", u8, "Length";
}
