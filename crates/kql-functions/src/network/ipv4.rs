//! IPv4 addresses with or without a prefix.

use crate::prelude::*;

/// The bits of an IPv4 address.
pub(crate) const IPV4_BITS: u8 = 32;

/// An address and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ipv4 {
    pub(crate) address: u32,
    pub(crate) prefix: u8,
}

impl Ipv4 {
    /// Reads `192.168.1.0` and `192.168.1.0/24`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, prefix_of(prefix, IPV4_BITS)?),
            None => (text, IPV4_BITS),
        };
        Some(Self {
            address: address.parse::<std::net::Ipv4Addr>().ok()?.to_bits(),
            prefix,
        })
    }

    /// The address with all bits beyond the prefix cleared.
    pub(crate) fn network(self) -> u32 {
        masked(self.address, self.prefix)
    }

    /// Whether another address lies in the network of this one.
    pub(crate) fn holds(self, other: Self) -> bool {
        let prefix = self.prefix.min(other.prefix);
        masked(self.address, prefix) == masked(other.address, prefix)
    }
}

/// An address with all bits beyond a prefix cleared.
pub(crate) fn masked(address: u32, prefix: u8) -> u32 {
    let mask = u32::MAX
        .checked_shl(u32::from(IPV4_BITS.saturating_sub(prefix)))
        .unwrap_or(0);
    address & mask
}

/// Digits of a prefix, at most as large as there are bits.
pub(crate) fn prefix_of(text: &str, bits: u8) -> Option<u8> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok().filter(|prefix| *prefix <= bits))?
}

/// A prefix that an argument gives, all bits where it is left out.
pub(crate) fn prefix_argument(row: Row<'_>, index: usize, bits: u8) -> Option<u8> {
    if row.values().len() <= index {
        return Some(bits);
    }
    u8::try_from(row.long(index)?).ok().filter(|prefix| *prefix <= bits)
}
