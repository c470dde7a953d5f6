//! The long way: all headers of a packet, for packets that are not of the usual kind.

use std::net::IpAddr;

use whotalks_record::Packet;
use whotalks_session::streams::Ends;
use whotalks_wire::dissect::{self, Dissected, Ip, Layer, LayerSpan, Transport, Visitor};
use whotalks_wire::link::MacAddress;
use whotalks_wire::transport::Ports;

/// Headers of one kind that are kept of a packet. A packet with more tunnels in each other is none that anybody sends.
const MOST: usize = 8;

/// What the headers of a packet say, besides what the packet is in the end.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// The protocols from the outside in, by Wireshark's names.
    pub(crate) names: Vec<&'static str>,
    /// Source and destination of every Ethernet header.
    pub(crate) ethernet: Vec<(MacAddress, MacAddress)>,
    /// Source and destination of every IP header.
    pub(crate) internet: Vec<(IpAddr, IpAddr)>,
    /// Every UDP header below a tunnel, and every TCP or UDP header that an ICMP error quotes.
    pub(crate) others: Vec<Other>,
    quoted: Option<(IpAddr, IpAddr)>,
}

/// A transport header that is not the packet's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Other {
    pub(crate) ends: Ends,
    pub(crate) is_tcp: bool,
    pub(crate) is_quoted: bool,
}

/// Reads all headers. `seen` holds those of another packet, whose memory is used again.
pub(crate) fn layers<'a>(packet: &Packet<'a>, seen: &mut Layers) -> Dissected<'a> {
    seen.clear();
    let dissected = dissect::walk(packet.link_type, packet.data, packet.original_length, seen);
    seen.remove_own(&dissected);
    dissected
}

/// Reads all headers of a datagram that was put together from fragments. `ip` is the header of the last of them.
pub(crate) fn datagram_layers<'a>(ip: &Ip, data: &'a [u8], seen: &mut Layers) -> Dissected<'a> {
    seen.clear();
    seen.internet.push((ip.source, ip.destination));
    let dissected = dissect::walk_datagram(ip, data, seen);
    seen.remove_own(&dissected);
    dissected
}

impl<'a> Visitor<'a> for Layers {
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, rest: &'a [u8]) {
        // Extension headers have names, but are no protocols of their own in a hierarchy.
        let is_part = matches!(layer, Layer::Ipv6Extension(_));
        if let Some(name) = layer.name().filter(|_| !span.is_quoted && !is_part) {
            self.names.push(name);
        }
        if let Layer::Unread(protocol) = layer
            && !span.is_quoted
            && !rest.is_empty()
            && matches!(protocol.name(), None | Some("loop"))
        {
            // Whatever nobody knows; a loopback test holds nothing else.
            self.names.push("data");
        }
        match layer {
            Layer::Ethernet(header) => self.ethernet(header.source(), header.destination()),
            Layer::Ipv4(header) => self.internet(header.source().into(), header.destination().into(), span),
            Layer::Ipv6(header) => self.internet(header.source().into(), header.destination().into(), span),
            Layer::Tcp(header) => self.transport(header.ports(), true, span),
            Layer::Udp(header) => self.transport(header.ports(), false, span),
            _ => {}
        }
    }
}

impl Layers {
    fn clear(&mut self) {
        self.names.clear();
        self.ethernet.clear();
        self.internet.clear();
        self.others.clear();
        self.quoted = None;
    }

    /// The innermost transport that was really sent is the packet's own, if nothing else lies within it.
    fn remove_own(&mut self, dissected: &Dissected<'_>) {
        let own = self.others.iter().rposition(|other| !other.is_quoted);
        let has_own = matches!(dissected.transport, Some(Transport::Tcp(_) | Transport::Udp(_)));
        if let Some(own) = own.filter(|_| has_own) {
            self.others.remove(own);
        }
    }

    fn ethernet(&mut self, source: MacAddress, destination: MacAddress) {
        if self.ethernet.len() < MOST {
            self.ethernet.push((source, destination));
        }
    }

    fn internet(&mut self, source: IpAddr, destination: IpAddr, span: LayerSpan) {
        if span.is_quoted {
            self.quoted = Some((source, destination));
        } else if self.internet.len() < MOST {
            self.internet.push((source, destination));
        }
    }

    fn transport(&mut self, ports: Ports, is_tcp: bool, span: LayerSpan) {
        let addresses = if span.is_quoted {
            self.quoted
        } else {
            self.internet.last().copied()
        };
        let Some((source, destination)) = addresses.filter(|_| self.others.len() < MOST) else {
            return;
        };
        self.others.push(Other {
            ends: Ends {
                source,
                destination,
                ports,
            },
            is_tcp,
            is_quoted: span.is_quoted,
        });
    }
}
