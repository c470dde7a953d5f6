//! Dynamic Host Configuration Protocol (RFC 2131).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "dhcp", protocol, "Dynamic Host Configuration Protocol";
    TYPE: "dhcp.type", u8, "Message type";
    HW_TYPE: "dhcp.hw.type", x8, "Hardware type";
    HW_LEN: "dhcp.hw.len", u8, "Hardware address length";
    HOPS: "dhcp.hops", u8, "Hops";
    ID: "dhcp.id", x32, "Transaction ID";
    SECS: "dhcp.secs", u16, "Seconds elapsed";
    FLAGS: "dhcp.flags", x16, "Bootp flags";
    FLAGS_BC: "dhcp.flags.bc", boolean, "Broadcast flag";
    IP_CLIENT: "dhcp.ip.client", ipv4, "Client IP address";
    IP_YOUR: "dhcp.ip.your", ipv4, "Your (client) IP address";
    IP_SERVER: "dhcp.ip.server", ipv4, "Next server IP address";
    IP_RELAY: "dhcp.ip.relay", ipv4, "Relay agent IP address";
    HW_MAC_ADDR: "dhcp.hw.mac_addr", ethernet, "Client MAC address";
    SERVER: "dhcp.server", text, "Server host name";
    FILE: "dhcp.file", text, "Boot file name";
    COOKIE: "dhcp.cookie", ipv4, "Magic cookie";
    OPTION_TYPE: "dhcp.option.type", u8, "Option";
    OPTION_LENGTH: "dhcp.option.length", u8, "Length";
    OPTION_VALUE: "dhcp.option.value", bytes, "Value";
    OPTION_DHCP: "dhcp.option.dhcp", u8, "DHCP";
    OPTION_SUBNET_MASK: "dhcp.option.subnet_mask", ipv4, "Subnet Mask";
    OPTION_ROUTER: "dhcp.option.router", ipv4, "Router";
    OPTION_DOMAIN_NAME_SERVER: "dhcp.option.domain_name_server", ipv4, "Domain Name Server";
    OPTION_HOSTNAME: "dhcp.option.hostname", text, "Host Name";
    OPTION_DOMAIN_NAME: "dhcp.option.domain_name", text, "Domain Name";
    OPTION_REQUESTED_IP_ADDRESS: "dhcp.option.requested_ip_address", ipv4, "Requested IP Address";
    OPTION_IP_ADDRESS_LEASE_TIME: "dhcp.option.ip_address_lease_time", u32, "IP Address Lease Time";
    OPTION_DHCP_SERVER_ID: "dhcp.option.dhcp_server_id", ipv4, "DHCP Server Identifier";
    OPTION_RENEWAL_TIME_VALUE: "dhcp.option.renewal_time_value", u32, "Renewal Time Value";
    OPTION_REBINDING_TIME_VALUE: "dhcp.option.rebinding_time_value", u32, "Rebinding Time Value";
    OPTION_VENDOR_CLASS_ID: "dhcp.option.vendor_class_id", text, "Vendor class identifier";
    OPTION_REQUEST_LIST_ITEM: "dhcp.option.request_list_item", u8, "Parameter Request List Item";
    OPTION_BROADCAST_ADDRESS: "dhcp.option.broadcast_address", ipv4, "Broadcast Address";
    OPTION_END: "dhcp.option.end", u8, "Option End";
    CLIENT_ID_UUID: "dhcp.client_id.uuid", guid, "Client Identifier (UUID)";
    FQDN_NAME: "dhcp.fqdn.name", text, "Client name";
    OPTION_DHCP_MAX_MESSAGE_SIZE: "dhcp.option.dhcp_max_message_size", u16, "Maximum DHCP Message Size";
}
