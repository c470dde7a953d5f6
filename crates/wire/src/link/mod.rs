//! Link layers: what lies between the capture file and the network layer.
//!
//! The numbers are those of the registry at <https://www.tcpdump.org/linktypes.html>.

pub mod arcnet;
pub mod arista;
pub mod cisco_metadata;
pub mod ethernet;
pub mod fabric_path;
pub mod fddi;
pub mod frame_relay;
pub mod ieee80211;
pub mod infiniband;
pub mod ipnet;
pub mod llc;
pub mod macsec;
pub mod mpls;
pub mod nflog;
pub mod null;
pub mod pktap;
pub mod ppp;
pub mod provider_bridge;
pub mod radio;
pub mod sll;
pub mod vlan;
pub mod vn_tag;

use whotalks_record::LinkType;

/// BSD loopback: a protocol family in the byte order of the capturing machine.
pub const NULL: LinkType = LinkType(0);
/// Ethernet II and IEEE 802.3.
pub const ETHERNET: LinkType = LinkType(1);
/// ARCnet, as BSDs write it.
pub const ARCNET_BSD: LinkType = LinkType(7);
/// PPP, with or without HDLC-like address and control.
pub const PPP: LinkType = LinkType(9);
/// FDDI.
pub const FDDI: LinkType = LinkType(10);
/// Raw IP as old BSDs numbered it.
pub const RAW_BSD: LinkType = LinkType(12);
/// Raw IP as OpenBSD numbers it.
pub const RAW_OPENBSD: LinkType = LinkType(14);
/// PPP in HDLC-like framing, RFC 1662.
pub const PPP_HDLC: LinkType = LinkType(50);
/// PPPoE session packets, without an Ethernet header.
pub const PPP_ETHER: LinkType = LinkType(51);
/// Packets over ATM with an IEEE 802.2 header, RFC 2684.
pub const ATM_RFC1483: LinkType = LinkType(100);
/// Raw IP, the version in the first nibble.
pub const RAW: LinkType = LinkType(101);
/// Cisco PPP with HDLC framing, or Cisco HDLC.
pub const C_HDLC: LinkType = LinkType(104);
/// IEEE 802.11.
pub const IEEE802_11: LinkType = LinkType(105);
/// Frame relay, RFC 2427.
pub const FRAME_RELAY: LinkType = LinkType(107);
/// OpenBSD loopback: a protocol family in network byte order.
pub const LOOP: LinkType = LinkType(108);
/// Linux "cooked" capture.
pub const LINUX_SLL: LinkType = LinkType(113);
/// IEEE 802.11 with a Prism header.
pub const IEEE802_11_PRISM: LinkType = LinkType(119);
/// IEEE 802.11 with a radiotap header.
pub const IEEE802_11_RADIOTAP: LinkType = LinkType(127);
/// ARCnet, as Linux writes it.
pub const ARCNET_LINUX: LinkType = LinkType(129);
/// Reserved for private use; old versions of macOS write PKTAP under it.
pub const USER2: LinkType = LinkType(149);
/// IEEE 802.11 with an AVS header.
pub const IEEE802_11_AVS: LinkType = LinkType(163);
/// Per-packet information, and any link layer behind it.
pub const PPI: LinkType = LinkType(192);
/// Solaris IPNET: packets between zones.
pub const IPNET: LinkType = LinkType(226);
/// Raw IPv4.
pub const IPV4: LinkType = LinkType(228);
/// Raw IPv6.
pub const IPV6: LinkType = LinkType(229);
/// Linux netfilter log messages.
pub const NFLOG: LinkType = LinkType(239);
/// IP over InfiniBand, RFC 4391.
pub const IPOIB: LinkType = LinkType(242);
/// macOS PKTAP: interface and process before any link layer.
pub const PKTAP: LinkType = LinkType(258);
/// Linux "cooked" capture, version 2.
pub const LINUX_SLL2: LinkType = LinkType(276);

/// What an Ethernet-like header says comes next (IEEE 802 registry). Values up to 1500 are lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EtherType(pub u16);

impl EtherType {
    /// IPv4, RFC 894.
    pub const IPV4: Self = Self(0x0800);
    /// ARP, RFC 826.
    pub const ARP: Self = Self(0x0806);
    /// Reverse ARP, RFC 903.
    pub const REVERSE_ARP: Self = Self(0x8035);
    /// Transparent Ethernet bridging, RFC 1701: a whole Ethernet frame follows.
    pub const ETHERNET_BRIDGING: Self = Self(0x6558);
    /// IEEE 802.1Q customer tag.
    pub const VLAN: Self = Self(0x8100);
    /// IPv6, RFC 2464.
    pub const IPV6: Self = Self(0x86dd);
    /// PPP, as GRE carries it (RFC 2637).
    pub const PPP: Self = Self(0x880b);
    /// MPLS unicast, RFC 3032.
    pub const MPLS: Self = Self(0x8847);
    /// MPLS multicast, RFC 3032.
    pub const MPLS_MULTICAST: Self = Self(0x8848);
    /// PPPoE discovery, RFC 2516.
    pub const PPPOE_DISCOVERY: Self = Self(0x8863);
    /// PPPoE session, RFC 2516.
    pub const PPPOE_SESSION: Self = Self(0x8864);
    /// IEEE 802.1ad service tag.
    pub const SERVICE_VLAN: Self = Self(0x88a8);
    /// ERSPAN type II: a mirrored Ethernet frame.
    pub const ERSPAN_II: Self = Self(0x88be);
    /// ERSPAN type III.
    pub const ERSPAN_III: Self = Self(0x22eb);
    /// MACsec, IEEE 802.1AE.
    pub const MACSEC: Self = Self(0x88e5);
    /// The service instance tag of provider backbone bridges, IEEE 802.1ah.
    pub const PROVIDER_BRIDGE: Self = Self(0x88e7);
    /// Cisco FabricPath.
    pub const FABRIC_PATH: Self = Self(0x8903);
    /// Cisco VN-Tag.
    pub const VN_TAG: Self = Self(0x8926);
    /// The network service header, RFC 8300.
    pub const SERVICES: Self = Self(0x894f);
    /// The time of a frame, as Arista's switches write it.
    pub const ARISTA_TIME: Self = Self(0xd28b);
    /// Novell's IPX.
    pub const IPX: Self = Self(0x8137);
    /// Cisco MetaData.
    pub const CISCO_METADATA: Self = Self(0x8909);
    /// QinQ as written before 802.1ad.
    pub const OLD_QINQ: Self = Self(0x9100);

    /// The largest value that is a length (IEEE 802.3 3.2.6).
    pub const LARGEST_LENGTH: u16 = 1500;
}

/// A 48-bit hardware address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MacAddress(pub [u8; 6]);

impl MacAddress {
    /// True for a multicast or broadcast address: the bit that is sent first (IEEE 802, 8.2.2).
    #[must_use]
    pub const fn is_group(self) -> bool {
        let [first, ..] = self.0;
        first & 0x01 != 0
    }

    /// True for an address that was not assigned by the manufacturer.
    #[must_use]
    pub const fn is_local(self) -> bool {
        let [first, ..] = self.0;
        first & 0x02 != 0
    }
}

impl std::fmt::Display for MacAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}
