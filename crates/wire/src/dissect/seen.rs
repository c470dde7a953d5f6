//! What is kept of a packet.

use std::net::IpAddr;

use whotalks_record::IpProtocol;

use crate::Stop;
use crate::link::ethernet;
use crate::link::vlan::Vlans;
use crate::net::{Fragment, arp, icmp};
use crate::transport::{Ports, tcp, udp};

/// What could be read of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dissected<'a> {
    /// The first Ethernet header.
    pub ethernet: Option<ethernet::Header<'a>>,
    /// VLAN tags, outermost first, over all layers of tunnels.
    pub vlans: Vlans,
    /// The outermost tunnel, if there is one.
    pub tunnel: Option<Tunnel>,
    /// The innermost network layer.
    pub network: Option<Network<'a>>,
    /// The header above it.
    pub transport: Option<Transport<'a>>,
    /// The data of the innermost IP layer, transport header included, if that is a fragment and was captured whole.
    pub fragment: &'a [u8],
    /// What the transport carries, as far as it was captured, without link-layer padding.
    pub payload: &'a [u8],
    /// How many bytes the transport carried on the wire.
    pub payload_wire_bytes: u32,
    /// Why reading ended before the payload. Unread protocols stop as well as damaged packets do.
    pub stop: Option<Stop>,
}

/// A network layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network<'a> {
    /// IPv4 or IPv6.
    Ip(Ip),
    /// ARP.
    Arp(arp::Packet<'a>),
}

/// What both versions of IP have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ip {
    /// Who sent it.
    pub source: IpAddr,
    /// Who it was sent to.
    pub destination: IpAddr,
    /// What it holds, after all extension headers.
    pub protocol: IpProtocol,
    /// Time to live, or hop limit.
    pub hop_limit: u8,
    /// Bytes of the IP packet on the wire, its header included.
    pub wire_bytes: u32,
    /// The place in a larger datagram.
    pub fragment: Option<Fragment>,
}

/// What lies above IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport<'a> {
    /// TCP.
    Tcp(tcp::Header<'a>),
    /// UDP.
    Udp(udp::Header<'a>),
    /// ICMP or ICMPv6.
    Icmp(icmp::Header<'a>),
    /// A protocol of which only the ports were read: SCTP, DCCP, UDP-Lite, or a TCP or UDP header that is cut off.
    PortsOnly(Ports),
}

/// A tunnel that the packet came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tunnel {
    /// The outer source.
    pub source: IpAddr,
    /// The outer destination.
    pub destination: IpAddr,
    /// The protocol of the outer packet that says how it is wrapped.
    pub protocol: IpProtocol,
}

impl Dissected<'_> {
    /// The innermost IP layer.
    #[inline]
    #[must_use]
    pub const fn ip(&self) -> Option<&Ip> {
        match &self.network {
            Some(Network::Ip(ip)) => Some(ip),
            _ => None,
        }
    }

    /// The ports, for transports that have them.
    #[inline]
    #[must_use]
    pub const fn ports(&self) -> Option<Ports> {
        match &self.transport {
            Some(Transport::Tcp(header)) => Some(header.ports()),
            Some(Transport::Udp(header)) => Some(header.ports()),
            Some(Transport::PortsOnly(ports)) => Some(*ports),
            Some(Transport::Icmp(_)) | None => None,
        }
    }
}
