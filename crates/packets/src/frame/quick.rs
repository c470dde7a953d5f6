//! The short way for the packets that captures consist of: Ethernet, at most two tags, IP without options, whole TCP or UDP.
//!
//! It knows nothing that [`whotalks_wire::dissect`] does not know, says the same (a test compares them), and gives up at
//! anything unusual. It takes a tenth of the time.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use whotalks_record::{IpProtocol, LinkType};
use whotalks_session::streams::Ends;
use whotalks_wire::dissect::may_be_tunnel;
use whotalks_wire::link;
use whotalks_wire::transport::Ports;

use super::{Carried, PayloadRange, Summary};

const ETHERNET_BYTES: usize = 14;
const TAG_BYTES: usize = 4;
const IPV4_BYTES: usize = 20;
const IPV6_BYTES: usize = 40;
const TCP_BYTES: usize = 20;
const UDP_BYTES: usize = 8;

/// The protocols of a packet that went the short way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    tags: u8,
    is_v6: bool,
    is_udp: bool,
}

impl Shape {
    /// How many there are.
    pub(crate) const COUNT: usize = 12;

    /// Its place among all of them.
    #[inline]
    pub(crate) const fn index(self) -> usize {
        self.tags as usize * 4 + self.is_v6 as usize * 2 + self.is_udp as usize
    }

    /// All of them, by their place.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT as u8).map(|index| Self {
            tags: index / 4,
            is_v6: index & 2 != 0,
            is_udp: index & 1 != 0,
        })
    }

    /// The protocols from the outside in, by Wireshark's names.
    pub(crate) fn names(self) -> Vec<&'static str> {
        let tags = std::iter::repeat_n("vlan", self.tags.into());
        let network = if self.is_v6 { "ipv6" } else { "ip" };
        let transport = if self.is_udp { "udp" } else { "tcp" };
        std::iter::once("eth").chain(tags).chain([network, transport]).collect()
    }
}

/// An IP packet that is whole as far as its header says.
struct Ip {
    tags: u8,
    source: IpAddr,
    destination: IpAddr,
    protocol: IpProtocol,
    /// Where its data begins in the frame.
    start: usize,
    /// Bytes of data on the wire.
    wire_bytes: u32,
}

/// The summary, or none where the long way has to be gone.
#[inline(always)] // A summary is large, and what the caller does not need of it is not made.
pub(crate) fn summary(link_type: LinkType, frame: &[u8]) -> Option<(Shape, Summary)> {
    if link_type != link::ETHERNET {
        return None;
    }
    let ip = ip(frame)?;
    // Padding after the packet does not belong to it.
    let end = frame.len().min(ip.start + ip.wire_bytes as usize);
    let data = frame.get(ip.start..end)?;
    let summary = match ip.protocol {
        IpProtocol::TCP => tcp(&ip, data),
        IpProtocol::UDP => udp(&ip, data),
        _ => None,
    }?;
    let shape = Shape {
        tags: ip.tags,
        is_v6: ip.source.is_ipv6(),
        is_udp: ip.protocol == IpProtocol::UDP,
    };
    Some((shape, summary))
}

#[inline]
fn ip(frame: &[u8]) -> Option<Ip> {
    let ethernet = frame.first_chunk::<ETHERNET_BYTES>()?;
    let mut ether_type = u16::from_be_bytes([ethernet[12], ethernet[13]]);
    let (mut start, mut tags) = (ETHERNET_BYTES, 0);
    for _ in 0..2 {
        if ether_type != 0x8100 {
            break;
        }
        let tag = frame.get(start..)?.first_chunk::<TAG_BYTES>()?;
        ether_type = u16::from_be_bytes([tag[2], tag[3]]);
        start += TAG_BYTES;
        tags += 1;
    }
    match ether_type {
        0x0800 => ipv4(frame, start, tags),
        0x86dd => ipv6(frame, start, tags),
        _ => None,
    }
}

#[inline]
fn ipv4(frame: &[u8], start: usize, tags: u8) -> Option<Ip> {
    let header = frame.get(start..)?.first_chunk::<IPV4_BYTES>()?;
    let total_length = u32::from(u16::from_be_bytes([header[2], header[3]]));
    let fragment = u16::from_be_bytes([header[6], header[7]]) & 0x3fff;
    if header[0] != 0x45 || fragment != 0 {
        return None;
    }
    Some(Ip {
        tags,
        source: Ipv4Addr::new(header[12], header[13], header[14], header[15]).into(),
        destination: Ipv4Addr::new(header[16], header[17], header[18], header[19]).into(),
        protocol: IpProtocol(header[9]),
        start: start + IPV4_BYTES,
        // A length of 0, of segmentation offload, ends here too.
        wire_bytes: total_length.checked_sub(IPV4_BYTES as u32)?,
    })
}

#[inline]
fn ipv6(frame: &[u8], start: usize, tags: u8) -> Option<Ip> {
    let header = frame.get(start..)?.first_chunk::<IPV6_BYTES>()?;
    let wire_bytes = u32::from(u16::from_be_bytes([header[4], header[5]]));
    let (_, addresses) = header.split_first_chunk::<8>()?;
    let (source, rest) = addresses.split_first_chunk::<16>()?;
    let destination = rest.first_chunk::<16>()?;
    if header[0] >> 4 != 6 || wire_bytes == 0 {
        return None;
    }
    Some(Ip {
        tags,
        source: Ipv6Addr::from_bits(u128::from_be_bytes(*source)).into(),
        destination: Ipv6Addr::from_bits(u128::from_be_bytes(*destination)).into(),
        protocol: IpProtocol(header[6]),
        start: start + IPV6_BYTES,
        wire_bytes,
    })
}

#[inline]
fn tcp(ip: &Ip, data: &[u8]) -> Option<Summary> {
    let header = data.first_chunk::<TCP_BYTES>()?;
    let header_bytes = usize::from(header[12] >> 4) * 4;
    if header_bytes < TCP_BYTES || header_bytes > data.len() {
        return None;
    }
    let payload = PayloadRange {
        start: u32::try_from(ip.start + header_bytes).ok()?,
        captured_bytes: u32::try_from(data.len() - header_bytes).ok()?,
        wire_bytes: ip.wire_bytes.checked_sub(header_bytes as u32)?,
    };
    let carried = Carried::Tcp(u32::try_from(ip.start).ok()?);
    Some(finish(ip, Ports::peek(header)?, carried, payload))
}

#[inline]
fn udp(ip: &Ip, data: &[u8]) -> Option<Summary> {
    let header = data.first_chunk::<UDP_BYTES>()?;
    let ports = Ports::peek(header)?;
    let stated = u32::from(u16::from_be_bytes([header[4], header[5]]));
    // The long way looks into tunnels.
    if may_be_tunnel(ports) {
        return None;
    }
    let wire_bytes = stated
        .checked_sub(UDP_BYTES as u32)?
        .min(ip.wire_bytes.checked_sub(UDP_BYTES as u32)?);
    let captured_bytes = u32::try_from(data.len() - UDP_BYTES).ok()?.min(wire_bytes);
    let payload = PayloadRange {
        start: u32::try_from(ip.start + UDP_BYTES).ok()?,
        captured_bytes,
        wire_bytes,
    };
    Some(finish(ip, ports, Carried::Udp, payload))
}

#[inline]
fn finish(ip: &Ip, ports: Ports, carried: Carried, payload: PayloadRange) -> Summary {
    // An empty payload has no place, as on the long way.
    let payload = if payload.captured_bytes == 0 {
        PayloadRange { start: 0, ..payload }
    } else {
        payload
    };
    let ends = Ends {
        source: ip.source,
        destination: ip.destination,
        ports,
    };
    Summary {
        ends,
        protocol: ip.protocol,
        carried,
        payload,
    }
}
