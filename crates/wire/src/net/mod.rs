//! Network layers: who talks to whom, and the tunnels between them.

pub mod ah;
pub mod arp;
pub mod ayiya;
pub mod erspan;
pub mod esp;
pub mod etherip;
pub mod geneve;
pub mod gre;
pub mod gtp;
pub mod icmp;
pub mod igmp;
pub mod ipv4;
pub mod ipv6;
pub mod l2tp;
pub mod nsh;
pub mod pim;
pub mod teredo;
pub mod vxlan;

use whotalks_record::IpProtocol;

/// IPv4 inside IP, RFC 2003.
pub const IPV4_IN_IP: IpProtocol = IpProtocol(4);
/// IPv6 inside IP, RFC 2473 and RFC 4213.
pub const IPV6_IN_IP: IpProtocol = IpProtocol(41);
/// Generic routing encapsulation, RFC 2784.
pub const GRE: IpProtocol = IpProtocol(47);
/// IGMP, RFC 3376.
pub const IGMP: IpProtocol = IpProtocol(2);
/// Encapsulating security payload, RFC 4303.
pub const ESP: IpProtocol = IpProtocol(50);
/// Authentication header, RFC 4302.
pub const AUTHENTICATION: IpProtocol = IpProtocol(51);
/// Ethernet within IP, RFC 3378.
pub const ETHER_IP: IpProtocol = IpProtocol(97);
/// Protocol independent multicast, RFC 7761.
pub const PIM: IpProtocol = IpProtocol(103);
/// Ethernet behind IPv6 headers, RFC 8986.
pub const ETHERNET: IpProtocol = IpProtocol(143);
/// L2TP version 3, RFC 3931.
pub const L2TP: IpProtocol = IpProtocol(115);
/// SCTP, RFC 9260.
pub const SCTP: IpProtocol = IpProtocol(132);
/// UDP-Lite, RFC 3828.
pub const UDP_LITE: IpProtocol = IpProtocol(136);
/// DCCP, RFC 4340.
pub const DCCP: IpProtocol = IpProtocol(33);
/// MPLS in IP, RFC 4023.
pub const MPLS_IN_IP: IpProtocol = IpProtocol(137);

/// Whether a protocol above IP may hold packets of others: tunnels, and UDP, whose ports tell.
#[must_use]
pub const fn may_hold_packets(protocol: IpProtocol) -> bool {
    matches!(
        protocol,
        IpProtocol::UDP | IPV4_IN_IP | IPV6_IN_IP | GRE | ETHER_IP | ETHERNET | MPLS_IN_IP | PIM | AUTHENTICATION
    )
}

/// The place of a fragment in its datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fragment {
    /// Equal for all fragments of a datagram between two addresses; 16 bit in IPv4, 32 bit in IPv6.
    pub identification: u32,
    /// Where the fragment's data lies in the datagram's data, in bytes.
    pub offset: u32,
    /// True unless this is the last fragment.
    pub more: bool,
}

impl Fragment {
    /// True for the fragment that holds the transport header.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        self.offset == 0
    }

    /// True for a fragment that is the whole datagram (an "atomic" fragment, RFC 6946).
    #[must_use]
    pub const fn is_atomic(&self) -> bool {
        self.offset == 0 && !self.more
    }
}
