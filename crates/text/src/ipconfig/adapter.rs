//! What the rows of one adapter say, by their shapes and their order.
//!
//! `ipconfig /all` writes suffix, description, MAC address, two settings, the addresses, for IPv4 each with its mask, two times
//! of the lease, the gateways, the DHCP server, two numbers of DHCPv6, the DNS servers. Without `/all` there are suffix,
//! addresses and gateways only.

use std::net::{IpAddr, Ipv4Addr};

use whotalks_record::{DeviceFactKind, Span};

/// A row: its value, and what the lines after it add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) span: Span,
    pub(crate) value: String,
    pub(crate) more: Vec<(Span, String)>,
}

type Fact = (Span, DeviceFactKind, String);

impl Row {
    pub(crate) fn new(span: Span, value: &str) -> Self {
        Self {
            span,
            value: value.to_owned(),
            more: Vec::new(),
        }
    }

    fn values(&self) -> impl Iterator<Item = (Span, &str)> {
        let first = std::iter::once((self.span, self.value.as_str()));
        first.chain(self.more.iter().map(|(span, value)| (*span, value.as_str())))
    }

    fn facts(&self, kind: DeviceFactKind) -> Vec<Fact> {
        let addresses = self.values().filter_map(|(span, value)| Some((span, address(value)?)));
        addresses
            .map(|(span, address)| (span, kind, address.to_string()))
            .collect()
    }
}

/// The facts of an adapter, in the order of its rows.
pub(crate) fn facts(rows: &[Row]) -> Vec<Fact> {
    match rows.iter().position(|row| is_mac(&row.value)) {
        Some(mac) => whole(rows, mac),
        None => brief(rows),
    }
}

/// A block of `ipconfig /all`.
fn whole(rows: &[Row], mac: usize) -> Vec<Fact> {
    let mut facts = Vec::new();
    let before = |back: usize| mac.checked_sub(back).and_then(|at| rows.get(at));
    if let Some(suffix) = before(2).filter(|suffix| super::is_name(&suffix.value)) {
        facts.push((suffix.span, DeviceFactKind::DnsSuffix, suffix.value.clone()));
    }
    if let Some(description) = before(1) {
        let text = description.value.clone();
        facts.push((description.span, DeviceFactKind::AdapterDescription, text));
    }
    if let Some(mac) = rows.get(mac) {
        facts.push((mac.span, DeviceFactKind::MacAddress, mac.value.to_ascii_uppercase()));
    }
    let rest = rows.get(mac.saturating_add(1)..).unwrap_or_default();
    let own = own_addresses(rest);
    for row in rest
        .get(..own)
        .unwrap_or_default()
        .iter()
        .filter(|row| !is_mask(&row.value))
    {
        facts.extend(row.facts(DeviceFactKind::IpAddress));
    }
    facts.extend(servers(rest.get(own..).unwrap_or_default()));
    facts
}

/// Gateways, DHCP server and DNS servers: the rows after the own addresses. A DHCP server is listed exactly where the two times
/// of a lease are; the numbers of DHCPv6 stand before the DNS servers, whatever else is missing.
fn servers(rows: &[Row]) -> Vec<Fact> {
    let is_address = |row: &&Row| address(&row.value).is_some();
    let lease = rows
        .iter()
        .take_while(|row| !row.value.is_empty() && !is_address(row))
        .count();
    let mut rest = rows.get(lease..).unwrap_or_default();
    let mut facts = Vec::new();
    if let Some((gateway, more)) = rest.split_first() {
        facts.extend(gateway.facts(DeviceFactKind::DefaultGateway));
        rest = more;
    }
    if let Some((server, more)) = rest.split_first().filter(|(row, _)| lease > 0 && is_address(row)) {
        facts.extend(server.facts(DeviceFactKind::DhcpServer));
        rest = more;
    }
    if let Some(names) = rest.iter().find(is_address) {
        facts.extend(names.facts(DeviceFactKind::DnsServer));
    }
    facts
}

/// How many rows hold the own addresses: up to the last mask, else up to the last address in the form of own ones, which say
/// in brackets what state they are in.
fn own_addresses(rows: &[Row]) -> usize {
    let last_mask = rows.iter().rposition(|row| is_mask(&row.value));
    let last_own = rows
        .iter()
        .rposition(|row| row.value.ends_with(')') && address(&row.value).is_some());
    let settings = rows
        .iter()
        .take_while(|row| address(&row.value).is_none() && !row.value.is_empty())
        .count();
    last_mask.max(last_own).map_or(settings, |at| at.saturating_add(1))
}

/// A block of `ipconfig` without `/all`: addresses up to the mask, then the gateways. Without a mask the last row is that of the
/// gateways.
fn brief(rows: &[Row]) -> Vec<Fact> {
    let own = match rows.iter().rposition(|row| is_mask(&row.value)) {
        Some(mask) => mask,
        None => rows.len().saturating_sub(1),
    };
    let mut facts = Vec::new();
    for row in rows
        .get(..own)
        .unwrap_or_default()
        .iter()
        .filter(|row| !is_mask(&row.value))
    {
        facts.extend(row.facts(DeviceFactKind::IpAddress));
    }
    if !facts.is_empty() {
        for row in rows
            .get(own..)
            .unwrap_or_default()
            .iter()
            .filter(|row| !is_mask(&row.value))
        {
            facts.extend(row.facts(DeviceFactKind::DefaultGateway));
        }
    }
    facts
}

/// An address without its zone and without what is in brackets behind it.
fn address(value: &str) -> Option<IpAddr> {
    let bare = value.split(['(', '（']).next().unwrap_or(value);
    let bare = bare.split('%').next().unwrap_or(bare).trim();
    bare.parse().ok()
}

/// A MAC address of six bytes. Identifiers of DHCPv6 are longer, addresses of tunnels too.
fn is_mac(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    parts.len() == 6
        && parts
            .iter()
            .all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_mask(value: &str) -> bool {
    let Ok(mask) = value.parse::<Ipv4Addr>() else {
        return false;
    };
    let bits = mask.to_bits();
    bits >> 31 == 1 && bits.leading_ones().saturating_add(bits.trailing_zeros()) == 32
}
