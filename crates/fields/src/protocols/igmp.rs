//! Internet Group Management Protocol (RFC 9776).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "igmp", protocol, "Internet Group Management Protocol";
    VERSION: "igmp.version", u8, "IGMP Version";
    TYPE: "igmp.type", x8, "Type";
    MAX_RESP: "igmp.max_resp", u8, "Max Resp Time";
    CHECKSUM: "igmp.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "igmp.checksum.status", u8, "Checksum Status";
    MADDR: "igmp.maddr", ipv4, "Multicast Address";
    RESERVED: "igmp.reserved", bytes, "Reserved";
    NUM_GRP_RECS: "igmp.num_grp_recs", u16, "Num Group Records";
    RECORD_TYPE: "igmp.record_type", u8, "Record Type";
    NUM_SRC: "igmp.num_src", u16, "Num Src";
    SADDR: "igmp.saddr", ipv4, "Source Address";
    S: "igmp.s", boolean, "S";
    QRV: "igmp.qrv", u8, "QRV";
    QQIC: "igmp.qqic", u8, "QQIC";
}
