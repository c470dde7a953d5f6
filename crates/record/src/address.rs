//! Endpoints, protocols and the key of a flow.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address and a port; port 0 where the protocol has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// The address, with an IPv4-mapped IPv6 address already folded to IPv4.
    pub address: IpAddr,
    /// The TCP or UDP port, 0 for other protocols.
    pub port: u16,
}

/// The number of the protocol above IP (IANA "Assigned Internet Protocol Numbers").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IpProtocol(pub u8);

/// The 5-tuple of a flow, seen from the one who opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowKey {
    /// The protocol above IP.
    pub protocol: IpProtocol,
    /// Who opened the flow, as far as known; see [`crate::Flow::initiator`].
    pub client: Endpoint,
    /// Who was called.
    pub server: Endpoint,
}

impl Endpoint {
    /// An endpoint; folds an IPv4-mapped IPv6 address (RFC 4291 2.5.5.2) to IPv4, as Windows and ss print both forms.
    pub fn new(address: IpAddr, port: u16) -> Self {
        Self {
            address: address.to_canonical(),
            port,
        }
    }

    /// Whether the address is the wildcard `0.0.0.0` or `::`, as listeners and unconnected sockets have it.
    pub fn is_unspecified(self) -> bool {
        self.address.is_unspecified()
    }
}

impl fmt::Display for Endpoint {
    /// `192.0.2.1:443`, `[2001:db8::1]:443`; without a port where it is 0.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.address, self.port) {
            (address, 0) => write!(f, "{address}"),
            (IpAddr::V4(address), port) => write!(f, "{address}:{port}"),
            (IpAddr::V6(address), port) => write!(f, "[{address}]:{port}"),
        }
    }
}

impl IpProtocol {
    /// ICMP, RFC 792.
    pub const ICMP: Self = Self(1);
    /// TCP, RFC 9293.
    pub const TCP: Self = Self(6);
    /// UDP, RFC 768.
    pub const UDP: Self = Self(17);
    /// ICMPv6, RFC 4443.
    pub const ICMPV6: Self = Self(58);
}

impl fmt::Display for IpProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TCP => f.write_str("TCP"),
            Self::UDP => f.write_str("UDP"),
            Self::ICMP => f.write_str("ICMP"),
            Self::ICMPV6 => f.write_str("ICMPv6"),
            Self(number) => write!(f, "IP protocol {number}"),
        }
    }
}

impl FlowKey {
    /// The same conversation seen from the other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            protocol: self.protocol,
            client: self.server,
            server: self.client,
        }
    }

    /// The key with its two ends in order, equal for both directions of one conversation.
    #[must_use]
    pub fn undirected(self) -> Self {
        if self.client <= self.server {
            self
        } else {
            self.reversed()
        }
    }
}

impl fmt::Display for FlowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} → {}", self.protocol, self.client, self.server)
    }
}

/// Whether an address can be reached over the public Internet: not private (RFC 1918, RFC 4193), loopback, link-local,
/// shared (RFC 6598), multicast, unspecified, reserved or broadcast. Documentation ranges count as public, since training
/// material and anonymised evidence use them as such.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let this_network_or_reserved = first == 0 || first >= 240;
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || shared
        || this_network_or_reserved)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    !(address.is_unique_local()
        || address.is_loopback()
        || address.is_unicast_link_local()
        || address.is_multicast()
        || address.is_unspecified())
}

/// Whether no single host answers at the address: multicast, or the limited broadcast 255.255.255.255. A subnet's own
/// broadcast address cannot be told without its mask and is not counted.
pub fn is_multicast_or_broadcast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_multicast() || address.is_broadcast(),
        IpAddr::V6(address) => address.is_multicast(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn private_shared_and_special_ranges_are_not_public() {
        for text in [
            "10.0.0.1",
            "172.16.9.9",
            "192.168.1.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "224.0.0.251",
        ] {
            assert!(!public(text), "{text}");
        }
        for text in [
            "0.0.0.0",
            "255.255.255.255",
            "::1",
            "fe80::1",
            "fc00::1",
            "ff02::fb",
            "::",
            "::ffff:10.1.1.1",
        ] {
            assert!(!public(text), "{text}");
        }
    }

    #[test]
    fn internet_and_documentation_addresses_are_public() {
        for text in [
            "8.8.8.8",
            "203.0.113.77",
            "100.128.0.1",
            "172.32.0.1",
            "2001:db8::1",
            "2606:4700::1111",
        ] {
            assert!(public(text), "{text}");
        }
    }

    #[test]
    fn both_directions_share_one_undirected_key() {
        let one = Endpoint::new("192.0.2.1".parse().unwrap(), 50000);
        let two = Endpoint::new("::ffff:192.0.2.2".parse().unwrap(), 443);
        let key = FlowKey {
            protocol: IpProtocol::TCP,
            client: one,
            server: two,
        };
        assert_eq!(key.undirected(), key.reversed().undirected());
        assert_eq!(key.to_string(), "TCP 192.0.2.1:50000 → 192.0.2.2:443");
    }
}
