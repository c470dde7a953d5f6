//! Internet Control Message Protocol version 6 (RFC 4443, RFC 4861).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "icmpv6", protocol, "Internet Control Message Protocol v6";
    TYPE: "icmpv6.type", u8, "Type";
    CODE: "icmpv6.code", u8, "Code";
    CHECKSUM: "icmpv6.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "icmpv6.checksum.status", u8, "Checksum Status";
    RESERVED: "icmpv6.reserved", bytes, "Reserved";
    ECHO_IDENTIFIER: "icmpv6.echo.identifier", x16, "Identifier";
    ECHO_SEQUENCE_NUMBER: "icmpv6.echo.sequence_number", u16, "Sequence";
    MTU: "icmpv6.mtu", u32, "MTU";
    ND_NS_TARGET_ADDRESS: "icmpv6.nd.ns.target_address", ipv6, "Target Address";
    ND_NA_TARGET_ADDRESS: "icmpv6.nd.na.target_address", ipv6, "Target Address";
    ND_NA_FLAG: "icmpv6.nd.na.flag", x32, "Flags";
    ND_NA_FLAG_R: "icmpv6.nd.na.flag.r", boolean, "Router";
    ND_NA_FLAG_S: "icmpv6.nd.na.flag.s", boolean, "Solicited";
    ND_NA_FLAG_O: "icmpv6.nd.na.flag.o", boolean, "Override";
    ND_RA_CUR_HOP_LIMIT: "icmpv6.nd.ra.cur_hop_limit", u8, "Cur hop limit";
    ND_RA_FLAG: "icmpv6.nd.ra.flag", x8, "Flags";
    ND_RA_ROUTER_LIFETIME: "icmpv6.nd.ra.router_lifetime", u16, "Router lifetime (s)";
    ND_RA_REACHABLE_TIME: "icmpv6.nd.ra.reachable_time", u32, "Reachable time (ms)";
    ND_RA_RETRANS_TIMER: "icmpv6.nd.ra.retrans_timer", u32, "Retrans timer (ms)";
    ND_RD_TARGET_ADDRESS: "icmpv6.nd.rd.target_address", ipv6, "Target Address";
    OPT: "icmpv6.opt", none, "ICMPv6 Option";
    OPT_TYPE: "icmpv6.opt.type", u8, "Type";
    OPT_LENGTH: "icmpv6.opt.length", u8, "Length";
    OPT_LINKADDR: "icmpv6.opt.linkaddr", bytes, "Link-layer address";
    OPT_SRC_LINKADDR: "icmpv6.opt.src_linkaddr", bytes, "Source Link-layer address";
    OPT_TARGET_LINKADDR: "icmpv6.opt.target_linkaddr", bytes, "Target Link-layer address";
    OPT_PREFIX: "icmpv6.opt.prefix", ipv6, "Prefix";
    OPT_PREFIX_LENGTH: "icmpv6.opt.prefix.length", u8, "Prefix Length";
    OPT_MTU: "icmpv6.opt.mtu", u32, "MTU";
    OPT_RDNSS: "icmpv6.opt.rdnss", ipv6, "Recursive DNS Servers";
    MLD_MULTICAST_ADDRESS: "icmpv6.mld.multicast_address", ipv6, "Multicast Address";
    MLD_MAXIMUM_RESPONSE_DELAY: "icmpv6.mld.maximum_response_delay", u16, "Maximum Response Delay [ms]";
    MLDR_NB_MCAST_RECORDS: "icmpv6.mldr.nb_mcast_records", u16, "Number of Multicast Address Records";
    MLDR_MAR_MULTICAST_ADDRESS: "icmpv6.mldr.mar.multicast_address", ipv6, "Multicast Address";
    MLDR_MAR_RECORD_TYPE: "icmpv6.mldr.mar.record_type", u8, "Record Type";
}
