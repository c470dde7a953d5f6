//! From a captured frame to the payload of its transport.
//!
//! A packet is a chain of headers, each of which says what comes next. [`Next`] is that answer, and `Walk::step` is the one
//! place where it is acted upon: **a new link layer, tunnel or transport is one arm there and one method**. A tunnel is a
//! header whose `Next` is an outer layer again: 6in4, IP in IP, GRE, VXLAN and Geneve return to [`Next::Ip`],
//! [`Next::Ethernet`] or [`Next::EtherType`], and the innermost addresses are the packet's addresses.

use std::net::IpAddr;

use whotalks_bytes::Cursor;
use whotalks_record::{IpProtocol, LinkType};

use crate::Stop;
use crate::link::vlan::{self, Vlans};
use crate::link::{self, EtherType, ethernet, frame_relay, llc, mpls, nflog, null, ppp, sll};
use crate::net::{self, Fragment, arp, geneve, gre, icmp, ipv4, ipv6, vxlan};
use crate::transport::{Ports, tcp, udp};

/// How many headers of one packet are followed. Three tunnels, each with link, tags, network and extension, need fewer.
const MOST_HEADERS: u32 = 32;

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

/// Reads `frame`, which had `wire_bytes` bytes on the wire, of which the capture may hold fewer.
#[inline]
#[must_use]
pub fn packet(link_type: LinkType, frame: &[u8], wire_bytes: u32) -> Dissected<'_> {
    let mut walk = Walk {
        cursor: Cursor::new(frame),
        wire_bytes: wire_bytes.max(frame.len().try_into().unwrap_or(u32::MAX)),
        seen: Dissected {
            ethernet: None,
            vlans: Vlans::default(),
            tunnel: None,
            network: None,
            transport: None,
            payload: &[],
            payload_wire_bytes: 0,
            stop: None,
        },
    };
    walk.seen.stop = walk.run(link_type).err();
    walk.seen
}

/// What a header says comes after it.
#[derive(Debug, Clone, Copy)]
enum Next {
    Ethernet,
    EtherType(EtherType),
    /// IP of the version its first nibble names.
    Ip,
    Ppp,
    Transport(IpProtocol),
    Payload,
}

struct Walk<'a> {
    /// What is left of the innermost length that was stated.
    cursor: Cursor<'a>,
    /// How many bytes that was on the wire.
    wire_bytes: u32,
    seen: Dissected<'a>,
}

impl<'a> Walk<'a> {
    #[inline]
    fn run(&mut self, link_type: LinkType) -> Result<(), Stop> {
        let mut next = self.enter(link_type)?;
        for _ in 0..MOST_HEADERS {
            if matches!(next, Next::Payload) {
                return Ok(());
            }
            next = self.step(next)?;
        }
        Err(Stop::TooDeep {
            limit: MOST_HEADERS,
            offset: self.cursor.offset(),
        })
    }

    #[inline]
    fn enter(&mut self, link_type: LinkType) -> Result<Next, Stop> {
        match link_type {
            link::ETHERNET => Ok(Next::Ethernet),
            link::RAW | link::RAW_BSD | link::RAW_OPENBSD | link::IPV4 | link::IPV6 => Ok(Next::Ip),
            link::PPP | link::PPP_HDLC => Ok(Next::Ppp),
            other => self.enter_rare(other),
        }
    }

    fn enter_rare(&mut self, link_type: LinkType) -> Result<Next, Stop> {
        let ether_type = match link_type {
            link::NULL | link::LOOP => self.read(null::ether_type)?,
            link::LINUX_SLL => self.read(|cursor| sll::HeaderV1::parse(cursor)?.ether_type())?,
            link::LINUX_SLL2 => self.read(|cursor| sll::HeaderV2::parse(cursor)?.ether_type())?,
            link::C_HDLC => self.read(ppp::hdlc_ether_type)?,
            link::FRAME_RELAY => self.read(frame_relay::ether_type)?,
            link::PPP_ETHER => EtherType::PPPOE_SESSION,
            link::NFLOG => {
                self.cursor = nflog::payload(&mut self.cursor)?;
                return Ok(Next::Ip);
            }
            LinkType(number) => {
                return Err(Stop::Unknown {
                    field: "link_type",
                    number: number.into(),
                    offset: 0,
                });
            }
        };
        Ok(Next::EtherType(ether_type))
    }

    #[inline]
    fn step(&mut self, next: Next) -> Result<Next, Stop> {
        match next {
            Next::Ethernet => self.ethernet(),
            Next::EtherType(ether_type) => self.ether_type(ether_type),
            Next::Ip => self.ip(),
            Next::Ppp => self.read(ppp::ether_type).map(Next::EtherType),
            Next::Transport(protocol) => self.transport(protocol),
            Next::Payload => Ok(Next::Payload),
        }
    }

    /// Runs a reader on the cursor and keeps the wire length in step with it.
    #[inline]
    fn read<T>(&mut self, reader: impl FnOnce(&mut Cursor<'a>) -> Result<T, Stop>) -> Result<T, Stop> {
        let before = self.cursor.rest().len();
        let result = reader(&mut self.cursor);
        let consumed = before.saturating_sub(self.cursor.rest().len());
        self.wire_bytes = self.wire_bytes.saturating_sub(consumed.try_into().unwrap_or(u32::MAX));
        result
    }

    /// Cuts off everything past `wire_bytes`, which a header stated: padding and trailers.
    #[inline]
    fn narrow(&mut self, wire_bytes: u32) {
        self.wire_bytes = wire_bytes;
        let kept = self
            .cursor
            .rest()
            .get(..wire_bytes as usize)
            .unwrap_or(self.cursor.rest());
        self.cursor = Cursor::at(kept, self.cursor.offset());
    }

    #[inline]
    fn ethernet(&mut self) -> Result<Next, Stop> {
        let header = self.read(ethernet::Header::parse)?;
        self.seen.ethernet.get_or_insert(header);
        Ok(Next::EtherType(header.ether_type()))
    }

    #[inline]
    fn ether_type(&mut self, ether_type: EtherType) -> Result<Next, Stop> {
        match ether_type {
            EtherType::IPV4 | EtherType::IPV6 => Ok(Next::Ip),
            EtherType::VLAN | EtherType::SERVICE_VLAN | EtherType::OLD_QINQ => self.vlan(),
            other => self.rare_ether_type(other),
        }
    }

    fn rare_ether_type(&mut self, ether_type: EtherType) -> Result<Next, Stop> {
        match ether_type {
            EtherType::ARP => self.arp(),
            EtherType::MPLS | EtherType::MPLS_MULTICAST => self.mpls(),
            EtherType::PPPOE_SESSION => self.pppoe(),
            EtherType::PPP => Ok(Next::Ppp),
            EtherType::ETHERNET_BRIDGING => Ok(Next::Ethernet),
            EtherType(length) if length <= EtherType::LARGEST_LENGTH => {
                self.narrow(self.wire_bytes.min(length.into()));
                self.read(llc::ether_type).map(Next::EtherType)
            }
            EtherType(number) => Err(Stop::Unknown {
                field: "ethernet.ether_type",
                number: number.into(),
                offset: self.cursor.offset(),
            }),
        }
    }

    fn vlan(&mut self) -> Result<Next, Stop> {
        let tag = self.read(vlan::Tag::parse)?;
        if !self.seen.vlans.push(tag.id()) {
            return Err(Stop::TooDeep {
                limit: Vlans::MOST as u32,
                offset: self.cursor.offset(),
            });
        }
        Ok(Next::EtherType(tag.ether_type()))
    }

    fn mpls(&mut self) -> Result<Next, Stop> {
        Ok(match self.read(mpls::inner)? {
            mpls::Inner::Ip => Next::Ip,
            mpls::Inner::Ethernet => Next::Ethernet,
        })
    }

    fn pppoe(&mut self) -> Result<Next, Stop> {
        let header = self.read(ppp::PppoeHeader::parse)?;
        self.narrow(self.wire_bytes.min(header.payload_bytes().into()));
        Ok(Next::Ppp)
    }

    fn arp(&mut self) -> Result<Next, Stop> {
        let packet = self.read(arp::Packet::parse)?;
        // Inside a tunnel it is the outer packet that counts.
        self.seen.network.get_or_insert(Network::Arp(packet));
        Ok(Next::Payload)
    }

    #[inline]
    fn ip(&mut self) -> Result<Next, Stop> {
        let version = self.cursor.rest().first().map(|byte| byte >> 4);
        if version == Some(6) { self.ipv6() } else { self.ipv4() }
    }

    #[inline]
    fn ipv4(&mut self) -> Result<Next, Stop> {
        let frame_bytes = self.wire_bytes;
        let header = self.read(ipv4::Header::parse)?;
        let total_length = match header.total_length() {
            0 => frame_bytes,
            stated => stated.into(),
        };
        let Some(data_bytes) = total_length.checked_sub(header.header_bytes()) else {
            let offset = self.cursor.offset();
            return Err(Stop::Malformed {
                field: "ipv4.total_length",
                number: total_length,
                offset,
            });
        };
        self.narrow(data_bytes);
        self.enter_ip(Ip {
            source: header.source().into(),
            destination: header.destination().into(),
            protocol: header.protocol(),
            hop_limit: header.time_to_live(),
            wire_bytes: total_length,
            fragment: header.fragment(),
        })
    }

    #[inline]
    fn ipv6(&mut self) -> Result<Next, Stop> {
        let header = self.read(ipv6::Header::parse)?;
        let data_bytes = match header.payload_length() {
            0 if header.next_header() != ipv6::NO_NEXT_HEADER => self.wire_bytes,
            stated => stated.into(),
        };
        self.narrow(data_bytes);
        let mut ip = Ip {
            source: header.source().into(),
            destination: header.destination().into(),
            protocol: header.next_header(),
            hop_limit: header.hop_limit(),
            wire_bytes: data_bytes.saturating_add(ipv6::HEADER_BYTES as u32),
            fragment: None,
        };
        // The addresses stay known when the chain of extension headers breaks off.
        let outer = self.seen.network.replace(Network::Ip(ip));
        let found = self.read(|cursor| ipv6::extensions(header.next_header(), cursor))?;
        self.seen.network = outer;
        ip.protocol = found.protocol;
        ip.fragment = found.fragment;
        self.enter_ip(ip)
    }

    /// Makes `ip` the innermost network layer; the one before it becomes a tunnel.
    #[inline]
    fn enter_ip(&mut self, ip: Ip) -> Result<Next, Stop> {
        if let Some(Network::Ip(outer)) = self.seen.network {
            self.seen.tunnel.get_or_insert(Tunnel {
                source: outer.source,
                destination: outer.destination,
                protocol: outer.protocol,
            });
        }
        self.seen.network = Some(Network::Ip(ip));
        self.seen.transport = None;
        if ip.fragment.is_some_and(|fragment| !fragment.is_first()) {
            return Ok(self.payload());
        }
        Ok(Next::Transport(ip.protocol))
    }

    #[inline]
    fn transport(&mut self, protocol: IpProtocol) -> Result<Next, Stop> {
        match protocol {
            IpProtocol::TCP => self.tcp(),
            IpProtocol::UDP => self.udp(),
            IpProtocol::ICMP | IpProtocol::ICMPV6 => self.icmp(),
            net::IPV4_IN_IP | net::IPV6_IN_IP => Ok(Next::Ip),
            net::GRE => self.read(gre::ether_type).map(Next::EtherType),
            net::MPLS_IN_IP => self.mpls(),
            net::SCTP | net::DCCP | net::UDP_LITE => Ok(self.ports_only()),
            _ => Ok(self.payload()),
        }
    }

    #[inline]
    fn tcp(&mut self) -> Result<Next, Stop> {
        let header = match self.read(tcp::Header::parse) {
            Ok(header) => header,
            Err(stop) => {
                self.ports_only();
                return Err(stop);
            }
        };
        self.seen.transport = Some(Transport::Tcp(header));
        header.check_options(&self.cursor)?;
        Ok(self.payload())
    }

    #[inline]
    fn udp(&mut self) -> Result<Next, Stop> {
        let header = match self.read(udp::Header::parse) {
            Ok(header) => header,
            Err(stop) => {
                self.ports_only();
                return Err(stop);
            }
        };
        self.seen.transport = Some(Transport::Udp(header));
        self.narrow_to_udp_length(header)?;
        Ok(self
            .udp_tunnel(header.ports().destination)
            .unwrap_or_else(|| self.payload()))
    }

    /// What follows a tunnel's header, if the datagram holds one. The port alone proves nothing; a datagram that does not
    /// look like the tunnel's is left as it is.
    #[inline]
    fn udp_tunnel(&mut self, port: u16) -> Option<Next> {
        let before = (self.cursor, self.wire_bytes);
        let next = match port {
            vxlan::PORT => self.read(vxlan::identifier).map(|_| Next::Ethernet),
            geneve::PORT => self.read(geneve::ether_type).map(Next::EtherType),
            _ => return None,
        };
        if next.is_err() {
            (self.cursor, self.wire_bytes) = before;
        }
        next.ok()
    }

    /// The length of UDP counts only where it is smaller than what IP states; a first fragment states the whole's.
    #[inline]
    fn narrow_to_udp_length(&mut self, header: udp::Header<'_>) -> Result<(), Stop> {
        let length = u32::from(header.length());
        match length.checked_sub(udp::HEADER_BYTES as u32) {
            Some(data_bytes) => self.narrow(data_bytes.min(self.wire_bytes)),
            None if length == 0 => {}
            None => {
                return Err(Stop::Malformed {
                    field: "udp.length",
                    number: length,
                    offset: self.cursor.offset(),
                });
            }
        }
        Ok(())
    }

    fn icmp(&mut self) -> Result<Next, Stop> {
        let header = self.read(icmp::Header::parse)?;
        self.seen.transport = Some(Transport::Icmp(header));
        Ok(self.payload())
    }

    fn ports_only(&mut self) -> Next {
        self.seen.transport = Ports::peek(self.cursor.rest()).map(Transport::PortsOnly);
        self.payload()
    }

    #[inline]
    const fn payload(&mut self) -> Next {
        self.seen.payload = self.cursor.rest();
        self.seen.payload_wire_bytes = self.wire_bytes;
        Next::Payload
    }
}

#[cfg(test)]
mod tests;
