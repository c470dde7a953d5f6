//! What makes packets belong to one stream, in twelve bytes.

use std::hash::BuildHasher;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use foldhash::fast::RandomState;
use whotalks_wire::transport::Ports;

use super::index::Index;

/// IPv6 addresses that are kept: two for each stream that is kept by default, 1.5 GiB with their index.
const MOST_ADDRESSES: u32 = 64 << 20;

/// From whom to whom a packet went. VLANs do not tell streams apart, just as in Wireshark 4.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ends {
    /// The sender's address.
    pub source: IpAddr,
    /// The receiver's address.
    pub destination: IpAddr,
    /// Both ports.
    pub ports: Ports,
}

impl Ends {
    /// The way back.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self {
            source: self.destination,
            destination: self.source,
            ports: Ports {
                source: self.ports.destination,
                destination: self.ports.source,
            },
        }
    }
}

/// The version of IP, which tells what the addresses of a [`Key`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// The addresses are those of IPv4.
    V4,
    /// The addresses are numbers in [`Addresses`].
    V6,
}

/// Both ends, the lower one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    low: u32,
    high: u32,
    low_port: u16,
    high_port: u16,
}

impl Key {
    /// The key of a packet, and whether it goes from the lower to the higher end.
    #[inline]
    fn of(source: u32, destination: u32, ports: Ports) -> (Self, bool) {
        let from_low = (source, ports.source) <= (destination, ports.destination);
        let key = if from_low {
            Self {
                low: source,
                high: destination,
                low_port: ports.source,
                high_port: ports.destination,
            }
        } else {
            Self {
                low: destination,
                high: source,
                low_port: ports.destination,
                high_port: ports.source,
            }
        };
        (key, from_low)
    }

    #[inline]
    pub(crate) fn hash(self, hasher: &RandomState) -> u64 {
        let addresses = u64::from(self.low) << 32 | u64::from(self.high);
        let ports = u32::from(self.low_port) << 16 | u32::from(self.high_port);
        hasher.hash_one((addresses, ports))
    }
}

/// The IPv6 addresses that were seen, by number. Streams share them, and four bytes each are kept instead of sixteen.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    list: Vec<Ipv6Addr>,
    index: Index,
    hasher: RandomState,
    /// The numbers of the two that were asked for last, which are often those of the next packet.
    latest: [u32; 2],
}

impl Addresses {
    /// The key of a packet, the version of IP, and whether it goes from the lower to the higher end; none for a packet
    /// between two versions, which there is not, and when there are too many addresses.
    #[inline]
    pub(crate) fn key(&mut self, ends: &Ends) -> Option<(Key, Family, bool)> {
        match (ends.source, ends.destination) {
            (IpAddr::V4(source), IpAddr::V4(destination)) => {
                let (key, from_low) = Key::of(source.to_bits(), destination.to_bits(), ends.ports);
                Some((key, Family::V4, from_low))
            }
            (IpAddr::V6(source), IpAddr::V6(destination)) => {
                let (source, destination) = (self.number(source)?, self.number(destination)?);
                let (key, from_low) = Key::of(source, destination, ends.ports);
                Some((key, Family::V6, from_low))
            }
            _ => None,
        }
    }

    /// The number of an address; none when it is new and there are too many.
    #[inline]
    fn number(&mut self, address: Ipv6Addr) -> Option<u32> {
        let [latest, before] = self.latest;
        let is_it = |number: u32| self.list.get(number as usize) == Some(&address);
        if is_it(before) {
            self.latest = [before, latest];
            return Some(before);
        }
        let number = if is_it(latest) { latest } else { self.look_up(address)? };
        self.latest = [number, latest];
        Some(number)
    }

    fn look_up(&mut self, address: Ipv6Addr) -> Option<u32> {
        let hash = self.hasher.hash_one(address.to_bits());
        let is_it = |number: u32| self.list.get(number as usize) == Some(&address);
        if let Some(number) = self.index.find(hash, is_it) {
            return Some(number);
        }
        let number = u32::try_from(self.list.len()).ok()?;
        if number >= MOST_ADDRESSES {
            return None;
        }
        self.list.push(address);
        self.index.insert(hash, number);
        Some(number)
    }

    /// No more addresses come.
    pub(crate) fn close(&mut self) {
        self.index = Index::default();
    }

    /// The ends of a key, from the lower one when `from_low`.
    pub(crate) fn ends(&self, key: Key, family: Family, from_low: bool) -> Ends {
        let forth = Ends {
            source: self.address(key.low, family),
            destination: self.address(key.high, family),
            ports: Ports {
                source: key.low_port,
                destination: key.high_port,
            },
        };
        if from_low { forth } else { forth.reversed() }
    }

    fn address(&self, bits: u32, family: Family) -> IpAddr {
        match family {
            Family::V4 => Ipv4Addr::from_bits(bits).into(),
            Family::V6 => self
                .list
                .get(bits as usize)
                .copied()
                .unwrap_or(Ipv6Addr::UNSPECIFIED)
                .into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(source: &str, from: u16, destination: &str, to: u16) -> Ends {
        Ends {
            source: source.parse().unwrap(),
            destination: destination.parse().unwrap(),
            ports: Ports {
                source: from,
                destination: to,
            },
        }
    }

    #[test]
    fn both_ways_have_one_key_and_the_ends_come_back() {
        let mut addresses = Addresses::default();
        for there in [
            ends("10.0.0.9", 5, "10.0.0.2", 6),
            ends("2001:db8::9", 5, "2001:db8::2", 6),
        ] {
            let (key, family, from_low) = addresses.key(&there).unwrap();
            let (back, _, back_from_low) = addresses.key(&there.reversed()).unwrap();
            assert_eq!((key, from_low), (back, !back_from_low));
            assert_eq!(addresses.ends(key, family, from_low), there);
        }
    }

    #[test]
    fn two_versions_of_ip_have_no_key() {
        assert!(Addresses::default().key(&ends("10.0.0.9", 5, "::1", 6)).is_none());
    }
}
