//! IPv6 addresses, and IPv4 addresses as such, with or without a prefix.

use std::net::{IpAddr, Ipv6Addr};

use super::ipv4::prefix_of;

/// The bits of an IPv6 address.
pub(crate) const IPV6_BITS: u8 = 128;
/// Those before the IPv4 address within an IPv6 address.
const MAPPED_BITS: u8 = 96;

/// An address and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ipv6 {
    pub(crate) address: u128,
    pub(crate) prefix: u8,
}

impl Ipv6 {
    /// Reads addresses of both kinds; the prefix of an IPv4 address counts from its own bits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, prefix) = text
            .split_once('/')
            .map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().ok()?;
        let (address, bits, before) = match address {
            IpAddr::V4(address) => (address.to_ipv6_mapped(), IPV6_BITS - MAPPED_BITS, MAPPED_BITS),
            IpAddr::V6(address) => (address, IPV6_BITS, 0),
        };
        let prefix = prefix.map_or(Some(bits), |prefix| prefix_of(prefix, bits))?;
        Some(Self {
            address: address.to_bits(),
            prefix: prefix + before,
        })
    }

    /// The address with all bits beyond a prefix cleared.
    pub(crate) fn masked(self, prefix: u8) -> u128 {
        let mask = u128::MAX
            .checked_shl(u32::from(IPV6_BITS.saturating_sub(prefix)))
            .unwrap_or(0);
        self.address & mask
    }

    /// Whether another address lies in the network of this one.
    pub(crate) fn holds(self, other: Self) -> bool {
        let prefix = self.prefix.min(other.prefix);
        self.masked(prefix) == other.masked(prefix)
    }
}

/// All eight groups with all their digits, as Kusto writes them.
pub(crate) fn written(address: u128) -> String {
    let groups = Ipv6Addr::from_bits(address)
        .segments()
        .map(|group| format!("{group:04x}"));
    groups.join(":")
}
