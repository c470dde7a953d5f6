//! Every transport header of a frame, outermost first.

use std::net::IpAddr;

use whotalks_wire::dissect::{Ip, Layer, LayerSpan, Visitor};
use whotalks_wire::net::Fragment;
use whotalks_wire::transport::{Ports, udp};

use super::connection::Moment;
use super::key::Ends;
use super::stream::{TcpFrame, UdpFrame};
use super::streams::{Frame, Streams, TcpSegment};

/// Transport headers of one frame that count. Tunnels in tunnels in tunnels, and an ICMP error's quotation, need no more.
const MOST_TRANSPORTS: usize = 6;

/// Collects the TCP and UDP headers of one frame, with the addresses around each: a [`Visitor`] for
/// [`dissect::walk`](whotalks_wire::dissect::walk).
#[derive(Debug, Default)]
pub struct Transports<'a> {
    addresses: Option<(IpAddr, IpAddr)>,
    /// The header at hand is in a fragment, of which only the whole datagram counts.
    is_fragment: bool,
    list: [Option<TransportLayer<'a>>; MOST_TRANSPORTS],
    count: usize,
}

/// A TCP or UDP header.
#[derive(Debug, Clone, Copy)]
pub struct TransportLayer<'a> {
    /// From whom to whom.
    pub ends: Ends,
    /// The header and what it carries.
    pub kind: TransportKind<'a>,
    /// Whether an ICMP error quotes it.
    pub is_quoted: bool,
}

/// Which transport.
#[derive(Debug, Clone, Copy)]
pub enum TransportKind<'a> {
    /// TCP.
    Tcp(TcpSegment<'a>),
    /// UDP.
    Udp(Datagram<'a>),
}

/// What a UDP header carries.
#[derive(Debug, Clone, Copy)]
pub struct Datagram<'a> {
    /// Bytes of data on the wire.
    pub wire_bytes: u32,
    /// The data as far as they were captured.
    pub payload: &'a [u8],
}

impl<'a> Visitor<'a> for Transports<'a> {
    #[inline]
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, rest: &'a [u8]) {
        match layer {
            Layer::Ipv4(header) => {
                self.enter(header.source().into(), header.destination().into(), header.fragment());
            }
            Layer::Ipv6(header) => self.enter(header.source().into(), header.destination().into(), None),
            Layer::Ipv6Extension(header) => self.is_fragment |= header.fragment().is_some_and(is_part),
            Layer::Tcp(header) => {
                let segment = TcpSegment {
                    header: *header,
                    wire_bytes: span.wire_bytes,
                    payload: rest.get(header.header_bytes() as usize..).unwrap_or_default(),
                };
                self.push(header.ports(), TransportKind::Tcp(segment), span.is_quoted);
            }
            Layer::Udp(header) => {
                let datagram = Datagram {
                    wire_bytes: span.wire_bytes.saturating_sub(udp::HEADER_BYTES as u32),
                    payload: rest.get(udp::HEADER_BYTES..).unwrap_or_default(),
                };
                self.push(header.ports(), TransportKind::Udp(datagram), span.is_quoted);
            }
            _ => {}
        }
    }
}

fn is_part(fragment: Fragment) -> bool {
    !fragment.is_atomic()
}

impl<'a> Transports<'a> {
    /// Those of a datagram that was put together from fragments, of which `ip` is one: for
    /// [`dissect::walk_datagram`](whotalks_wire::dissect::walk_datagram).
    #[must_use]
    pub fn within(ip: &Ip) -> Self {
        Self {
            addresses: Some((ip.source, ip.destination)),
            ..Self::default()
        }
    }

    fn enter(&mut self, source: IpAddr, destination: IpAddr, fragment: Option<Fragment>) {
        self.addresses = Some((source, destination));
        self.is_fragment = fragment.is_some_and(is_part);
    }

    fn push(&mut self, ports: Ports, kind: TransportKind<'a>, is_quoted: bool) {
        let Some((source, destination)) = self.addresses.filter(|_| !self.is_fragment) else {
            return;
        };
        let ends = Ends {
            source,
            destination,
            ports,
        };
        if let Some(place) = self.list.get_mut(self.count) {
            *place = Some(TransportLayer { ends, kind, is_quoted });
            self.count += 1;
        }
    }

    /// The headers, outermost first.
    pub fn iter(&self) -> impl Iterator<Item = &TransportLayer<'a>> {
        self.list.iter().flatten()
    }
}

impl<T: Default> Streams<T> {
    /// Takes in every transport header of a frame, and tells `each` what it did to its stream.
    #[inline]
    pub fn layers<'a>(
        &mut self,
        moment: Moment,
        transports: &Transports<'a>,
        mut each: impl FnMut(&TransportLayer<'a>, Frame<'_, T>),
    ) {
        let (mut tcp, mut udp) = (0u8, 0u8);
        for layer in transports.iter() {
            let frame = match &layer.kind {
                TransportKind::Tcp(segment) => {
                    tcp = tcp.wrapping_add(1);
                    self.tcp_layer(moment, tcp - 1, layer, segment).map(Frame::Tcp)
                }
                TransportKind::Udp(_) => {
                    udp = udp.wrapping_add(1);
                    self.udp_layer(moment, udp - 1, layer).map(Frame::Udp)
                }
            };
            if let Some(frame) = frame {
                each(layer, frame);
            }
        }
    }

    fn tcp_layer(
        &mut self,
        moment: Moment,
        ordinal: u8,
        layer: &TransportLayer<'_>,
        segment: &TcpSegment<'_>,
    ) -> Option<TcpFrame<'_, T>> {
        if layer.is_quoted {
            self.quoted_tcp(moment, ordinal, &layer.ends)
        } else {
            self.tcp(moment, ordinal, &layer.ends, segment)
        }
    }

    fn udp_layer(&mut self, moment: Moment, ordinal: u8, layer: &TransportLayer<'_>) -> Option<UdpFrame<'_, T>> {
        self.udp(moment, ordinal, &layer.ends)
    }
}
