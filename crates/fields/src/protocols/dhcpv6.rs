//! Dynamic Host Configuration Protocol for IPv6 (RFC 8415).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "dhcpv6", protocol, "DHCPv6";
    MSGTYPE: "dhcpv6.msgtype", u8, "Message type";
    XID: "dhcpv6.xid", x24, "Transaction ID";
    OPTION_TYPE: "dhcpv6.option.type", u16, "Option";
    OPTION_LENGTH: "dhcpv6.option.length", u16, "Length";
    ELAPSED_TIME: "dhcpv6.elapsed_time", u16, "Elapsed time";
    CLIENT_DOMAIN: "dhcpv6.client_domain", text, "Client Domain Name";
    DUID_BYTES: "dhcpv6.duid.bytes", bytes, "DUID";
    DUID_TYPE: "dhcpv6.duid.type", u16, "DUID Type";
    DUIDLLT_LINK_LAYER_ADDR: "dhcpv6.duidllt.link_layer_addr", text, "Link-layer address";
    DUIDLL_LINK_LAYER_ADDR: "dhcpv6.duidll.link_layer_addr", text, "Link-layer address";
    IAID: "dhcpv6.iaid", text, "IAID";
    IAADDR_IP: "dhcpv6.iaaddr.ip", ipv6, "IPv6 address";
    REQUESTED_OPTION_CODE: "dhcpv6.requested_option_code", u16, "Requested Option code";
    HOPCOUNT: "dhcpv6.hopcount", u8, "Hopcount";
    LINKADDR: "dhcpv6.linkaddr", ipv6, "Link address";
    PEERADDR: "dhcpv6.peeraddr", ipv6, "Peer address";
    DNS_SERVER: "dhcpv6.dns_server", ipv6, "DNS server address";
}
