//! Transport layers.

use whotalks_bytes::Cursor;
use whotalks_record::IpProtocol;

use super::{Next, Walk};
use crate::Stop;
use crate::dissect::{Layer, Network, Transport, Unread, Visitor};
use crate::net::{self, ah, esp, etherip, icmp, igmp, l2tp, pim};
use crate::transport::{Ports, sctp, tcp, udp};

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    #[inline]
    pub(super) fn transport(&mut self, protocol: IpProtocol) -> Result<Next, Stop> {
        match protocol {
            IpProtocol::TCP => self.tcp(),
            IpProtocol::UDP => self.udp(),
            IpProtocol::ICMP => self.icmp(protocol, Layer::Icmp),
            IpProtocol::ICMPV6 => self.icmp(protocol, Layer::Icmpv6),
            net::IPV4_IN_IP | net::IPV6_IN_IP => Ok(Next::Ip),
            net::GRE => self.gre(),
            other => self.rare_transport(other),
        }
    }

    fn rare_transport(&mut self, protocol: IpProtocol) -> Result<Next, Stop> {
        match protocol {
            net::MPLS_IN_IP => Ok(Next::Mpls),
            net::ETHER_IP => self
                .header(etherip::Header::parse, Layer::EtherIp)
                .map(|_| Next::Ethernet),
            net::ETHERNET => Ok(Next::Ethernet),
            net::PIM if pim::Register::is_announced(self.cursor.rest()) => {
                self.header(pim::Register::parse, Layer::PimRegister).map(|_| Next::Ip)
            }
            net::AUTHENTICATION => self.ah(),
            net::ESP => self.ends_in(esp::Header::parse, Layer::Esp),
            net::L2TP => self.ends_in(l2tp::IpHeader::parse, Layer::L2tpIp),
            net::IGMP => self.ends_in(igmp::Header::parse, Layer::Igmp),
            net::SCTP => self.sctp(),
            net::DCCP => Ok(self.ports_only(Layer::Dccp)),
            net::UDP_LITE => Ok(self.ports_only(Layer::UdpLite)),
            other => {
                self.tell_unread(Unread::Ip(other));
                Ok(self.payload())
            }
        }
    }

    /// A header behind which nothing is read; one that is cut off is left as payload.
    fn ends_in<T: Copy>(
        &mut self,
        reader: impl FnOnce(&mut Cursor<'a>) -> Result<T, Stop>,
        layer: fn(T) -> Layer<'a>,
    ) -> Result<Next, Stop> {
        let stop = self.header(reader, layer).err();
        self.payload();
        stop.map_or(Ok(Next::Payload), Err)
    }

    /// The authentication header of IPv4; IPv6 has it among its extension headers.
    fn ah(&mut self) -> Result<Next, Stop> {
        let header = self.header(ah::Header::parse, Layer::Ah)?;
        if let Some(Network::Ip(ip)) = &mut self.seen.network {
            ip.protocol = header.next_header();
        }
        Ok(Next::Transport(header.next_header()))
    }

    fn sctp(&mut self) -> Result<Next, Stop> {
        let ports = Ports::peek(self.cursor.rest());
        let stop = self.header(sctp::Header::parse, Layer::Sctp).err();
        self.payload();
        self.seen.transport = ports.map(Transport::PortsOnly);
        stop.map_or(Ok(Next::Payload), Err)
    }

    #[inline]
    fn tcp(&mut self) -> Result<Next, Stop> {
        let header = match self.header(tcp::Header::parse, Layer::Tcp) {
            Ok(header) => header,
            Err(stop) => return Err(self.cut_ports(stop)),
        };
        self.seen.transport = Some(Transport::Tcp(header));
        header.check_options(&self.cursor)?;
        Ok(self.payload())
    }

    /// The first fragment of a datagram, of which the ports are wanted. What it carries is read when the datagram is whole: a
    /// tunnel that is entered before would hide the fragment, and be counted twice.
    #[cold]
    pub(super) fn piece(&mut self, protocol: IpProtocol) -> Result<Next, Stop> {
        match protocol {
            IpProtocol::UDP => self.udp_header().map(|_| self.payload()),
            IpProtocol::TCP | IpProtocol::ICMP | IpProtocol::ICMPV6 | net::SCTP | net::DCCP | net::UDP_LITE => {
                Ok(Next::Transport(protocol))
            }
            _ => Ok(self.payload()),
        }
    }

    #[inline]
    fn udp(&mut self) -> Result<Next, Stop> {
        let header = self.udp_header()?;
        Ok(self.udp_tunnel(header.ports()).unwrap_or_else(|| self.payload()))
    }

    #[inline]
    fn udp_header(&mut self) -> Result<udp::Header<'a>, Stop> {
        let start = self.cursor;
        let header = match self.read(udp::Header::parse) {
            Ok(header) => header,
            Err(stop) => return Err(self.cut_ports(stop)),
        };
        self.seen.transport = Some(Transport::Udp(header));
        let narrowed = self.narrow_to_udp_length(header);
        self.tell(start, Layer::Udp(header));
        narrowed?;
        Ok(header)
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

    fn icmp(&mut self, protocol: IpProtocol, layer: fn(icmp::Header<'a>) -> Layer<'a>) -> Result<Next, Stop> {
        let header = self.header(icmp::Header::parse, layer)?;
        self.seen.transport = Some(Transport::Icmp(header));
        let next = self.payload();
        if V::WANTS_QUOTES && !self.is_quoted && header.is_error(protocol) {
            self.quote();
        }
        Ok(next)
    }

    /// Walks the packet that an error quotes; what is known of this packet stays as it is.
    fn quote(&mut self) {
        let seen = self.seen;
        self.is_quoted = true;
        // Quotes are cut off as a rule, which is no damage.
        let _ = self.follow(Next::Ip);
        self.seen = seen;
    }

    fn ports_only(&mut self, layer: fn(Ports) -> Layer<'a>) -> Next {
        let next = self.peek_ports();
        if let Some(Transport::PortsOnly(ports)) = self.seen.transport {
            self.tell(self.cursor, layer(ports));
        }
        next
    }

    /// Keeps the ports of a header that is cut off.
    #[cold]
    fn cut_ports(&mut self, stop: Stop) -> Stop {
        self.peek_ports();
        stop
    }

    fn peek_ports(&mut self) -> Next {
        self.seen.transport = Ports::peek(self.cursor.rest()).map(Transport::PortsOnly);
        self.payload()
    }

    #[inline]
    pub(super) const fn payload(&mut self) -> Next {
        self.seen.payload = self.cursor.rest();
        self.seen.payload_wire_bytes = self.wire_bytes;
        Next::Payload
    }
}
