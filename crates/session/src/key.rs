//! What makes packets belong together.

use std::hash::{Hash, Hasher};
use std::net::IpAddr;

use whotalks_record::VlanTags;
use whotalks_wire::dissect::Ip;
use whotalks_wire::transport::Ports;

/// The VLAN number that IEEE 802.1Q reserves; here it means "no tag".
const NO_VLAN: u64 = 0xfff;

/// Addresses, ports, protocol and VLANs of a conversation, equal for both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key([u64; 5]);

impl Key {
    /// The key of a packet, and whether it goes from the lower to the higher end.
    #[inline]
    pub(crate) fn of(ip: &Ip, ports: Ports, vlan: VlanTags) -> (Self, bool) {
        let source = (bits(ip.source), ports.source);
        let destination = (bits(ip.destination), ports.destination);
        let from_low = source <= destination;
        let ((low, low_port), (high, high_port)) = if from_low {
            (source, destination)
        } else {
            (destination, source)
        };
        let tag = |id: Option<u16>| id.map_or(NO_VLAN, |id| u64::from(id) & NO_VLAN);
        let rest = u64::from(low_port) << 48
            | u64::from(high_port) << 32
            | u64::from(ip.protocol.0) << 24
            | tag(vlan.outer) << 12
            | tag(vlan.inner);
        (
            Self([halves(low).0, halves(low).1, halves(high).0, halves(high).1, rest]),
            from_low,
        )
    }
}

impl Hash for Key {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|word| state.write_u64(*word));
    }
}

/// An address as a number; IPv4 as the IPv4-mapped IPv6 address, which [`whotalks_record::Endpoint`] folds it with.
#[inline]
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => 0xffff_0000_0000 | u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[inline]
const fn halves(bits: u128) -> (u64, u64) {
    ((bits >> 64) as u64, bits as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use whotalks_record::IpProtocol;

    fn ip(source: &str, destination: &str) -> Ip {
        let (source, destination) = (source.parse().unwrap(), destination.parse().unwrap());
        Ip {
            source,
            destination,
            protocol: IpProtocol::TCP,
            hop_limit: 64,
            wire_bytes: 40,
            fragment: None,
        }
    }

    #[test]
    fn both_directions_have_one_key() {
        let there = Key::of(
            &ip("10.0.0.1", "10.0.0.2"),
            Ports {
                source: 9,
                destination: 80,
            },
            VlanTags::default(),
        );
        let back = Key::of(
            &ip("10.0.0.2", "10.0.0.1"),
            Ports {
                source: 80,
                destination: 9,
            },
            VlanTags::default(),
        );
        assert_eq!(there.0, back.0);
        assert_eq!((there.1, back.1), (true, false));
    }

    #[test]
    fn ports_addresses_and_vlans_tell_conversations_apart() {
        let base = ip("10.0.0.1", "10.0.0.2");
        let ports = Ports {
            source: 9,
            destination: 80,
        };
        let tagged = VlanTags {
            outer: Some(0),
            inner: None,
        };
        let keys = [
            Key::of(&base, ports, VlanTags::default()).0,
            Key::of(&base, Ports { source: 10, ..ports }, VlanTags::default()).0,
            Key::of(
                &base,
                Ports {
                    source: 80,
                    destination: 9,
                },
                VlanTags::default(),
            )
            .0,
            Key::of(&ip("::1", "10.0.0.2"), ports, VlanTags::default()).0,
            Key::of(&base, ports, tagged).0,
        ];
        for (index, key) in keys.iter().enumerate() {
            assert!(!keys[index + 1..].contains(key), "{index}");
        }
    }
}
