//! Dynamic Host Configuration Protocol (RFC 2131).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "dhcp", protocol, "Dynamic Host Configuration Protocol";
    TYPE: "dhcp.type", u8, "Message type" labels "dhcp-type";
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
    OPTION_DHCP: "dhcp.option.dhcp", u8, "DHCP" labels "dhcp-message";
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
    HW_ADDR_PADDING: "dhcp.hw.addr_padding", bytes, "Client hardware address padding";
    FLAGS_RESERVED: "dhcp.flags.reserved", x16, "Reserved flags";
    FQDN_FLAGS: "dhcp.fqdn.flags", x8, "Flags";
    FQDN_N: "dhcp.fqdn.n", boolean, "Server DDNS";
    FQDN_E: "dhcp.fqdn.e", boolean, "Encoding";
    FQDN_O: "dhcp.fqdn.o", boolean, "Server overrides";
    FQDN_S: "dhcp.fqdn.s", boolean, "Server";
    FQDN_RCODE1: "dhcp.fqdn.rcode1", u8, "A-RR result";
    FQDN_RCODE2: "dhcp.fqdn.rcode2", u8, "PTR-RR result";
    OPTION_PADDING: "dhcp.option.padding", bytes, "Padding";
    OPTION_NETBIOS_NAME_SERVER: "dhcp.option.netbios_over_tcpip_name_server", ipv4, "NetBIOS over TCP/IP Name Server";
    OPTION_DHCP_MAX_MESSAGE_SIZE: "dhcp.option.dhcp_max_message_size", u16, "Maximum DHCP Message Size";
}

/// RFC 2131 2.
const LAYOUT: &[Place] = &[
    Place::at(TYPE, 0, 1),
    Place::at(HW_TYPE, 1, 1),
    Place::at(HW_LEN, 2, 1),
    Place::at(HOPS, 3, 1),
    Place::at(ID, 4, 4),
    Place::at(SECS, 8, 2),
    Place::at(FLAGS, 10, 2),
    Place::bits(FLAGS_BC, 10, 2, 0x8000),
    Place::bits(FLAGS_RESERVED, 10, 2, 0x7fff),
    Place::at(IP_CLIENT, 12, 4),
    Place::at(IP_YOUR, 16, 4),
    Place::at(IP_SERVER, 20, 4),
    Place::at(IP_RELAY, 24, 4),
];

const ETHERNET: u16 = 0x0106;
const COOKIE_BYTES: [u8; 4] = [99, 130, 83, 99];
const PADDING: u8 = 0;
const END: u8 = 255;

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(message, LAYOUT);
    if message.u16(1) == Some(ETHERNET) {
        out.layout(message, &[Place::at(HW_MAC_ADDR, 28, 6), Place::at(HW_ADDR_PADDING, 34, 10)]);
    }
    for (id, at, length) in [(SERVER, 44, 64), (FILE, 108, 128)] {
        let text = message.slice(at, length).map(until_nul);
        // Wireshark shows an empty name as text that is not there.
        out.text(id, text.filter(|text| !text.is_empty()));
        if text.is_some_and(<[u8]>::is_empty) {
            out.text(id, Some(b""));
        }
    }
    if message.slice(236, 4) == Some(&COOKIE_BYTES) {
        out.layout(message, &[Place::at(COOKIE, 236, 4)]);
        options(message.from(240), out);
    }
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// RFC 2132 2.
fn options<'a>(mut rest: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    while let Some(kind) = rest.u8(0) {
        if kind == PADDING {
            rest = rest.from(1);
            continue;
        }
        // Wireshark writes the end as option 0.
        out.number(OPTION_TYPE, Some(if kind == END { 0 } else { kind }));
        if kind == END {
            out.number(OPTION_END, Some(kind));
            out.bytes(OPTION_PADDING, rest.0.get(1..).filter(|padding| !padding.is_empty()));
            return;
        }
        let Some(length) = rest.length(1, 1) else { return };
        out.count(OPTION_LENGTH, length);
        let value = rest.part(2, length);
        out.bytes(OPTION_VALUE, (value.len() > 0).then_some(value.0));
        option(kind, value, out);
        rest = rest.from(2 + length);
    }
}

fn option<'a>(kind: u8, value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let addresses = |id| (id, Some(4));
    let (id, item) = match kind {
        1 => addresses(OPTION_SUBNET_MASK),
        3 => addresses(OPTION_ROUTER),
        6 => addresses(OPTION_DOMAIN_NAME_SERVER),
        28 => addresses(OPTION_BROADCAST_ADDRESS),
        44 => addresses(OPTION_NETBIOS_NAME_SERVER),
        50 => addresses(OPTION_REQUESTED_IP_ADDRESS),
        51 => addresses(OPTION_IP_ADDRESS_LEASE_TIME),
        54 => addresses(OPTION_DHCP_SERVER_ID),
        58 => addresses(OPTION_RENEWAL_TIME_VALUE),
        59 => addresses(OPTION_REBINDING_TIME_VALUE),
        53 => (OPTION_DHCP, Some(1)),
        55 => (OPTION_REQUEST_LIST_ITEM, Some(1)),
        57 => (OPTION_DHCP_MAX_MESSAGE_SIZE, Some(2)),
        12 => (OPTION_HOSTNAME, None),
        15 => (OPTION_DOMAIN_NAME, None),
        60 => (OPTION_VENDOR_CLASS_ID, None),
        81 => return full_name(value, out),
        61 => return client_identifier(value, out),
        _ => return,
    };
    match item {
        None => out.text(id, Some(until_nul(value.0))),
        Some(bytes) => (0..value.len() / bytes).for_each(|index| out.layout(value, &[Place::at(id, index * bytes, bytes)])),
    }
}

/// RFC 4702 2.
fn full_name<'a>(value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        value,
        &[
            Place::at(FQDN_FLAGS, 0, 1),
            Place::bits(FQDN_N, 0, 1, 0x08),
            Place::bits(FQDN_E, 0, 1, 0x04),
            Place::bits(FQDN_O, 0, 1, 0x02),
            Place::bits(FQDN_S, 0, 1, 0x01),
            Place::at(FQDN_RCODE1, 1, 1),
            Place::at(FQDN_RCODE2, 2, 1),
        ],
    );
    out.text(FQDN_NAME, value.0.get(3..).filter(|name| !name.is_empty()));
}

/// Hardware type and address, like those of the header (RFC 2132 9.14), or a UUID.
fn client_identifier<'a>(value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match (value.u8(0), value.len()) {
        (Some(1), 7) => out.layout(value, &[Place::at(HW_TYPE, 0, 1), Place::at(HW_MAC_ADDR, 1, 6)]),
        (Some(0), 17) => out.layout(value, &[Place::at(CLIENT_ID_UUID, 1, 16)]),
        _ => {}
    }
}
