//! What is told of each header.

use whotalks_session::streams::Transports;
use whotalks_wire::dissect::{Layer, LayerSpan, Visitor};

use super::{Bytes, Out};
use crate::protocols::{
    ah, arp, eth, frame_relay, geneve, gre, icmp, icmpv6, ip, ipv6, llc, mpls, nflog, null, ppp, pppoe, sctp, sll, tcp,
    udp, vlan, vxlan,
};

/// What the innermost transport carries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried<'a> {
    pub(crate) carrier: Carrier,
    /// Source and destination.
    pub(crate) ports: [u16; 2],
    pub(crate) payload: Bytes<'a>,
}

/// What carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    Tcp,
    Udp,
    /// ICMP echo or something without ports: what is there is data.
    Other,
}

/// Fills fields header by header.
pub(crate) struct Headers<'o, 'w, 'f, 'a> {
    out: &'o mut Out<'w, 'f, 'a>,
    /// Bytes of the frame on the wire.
    frame_bytes: u32,
    /// The type that announced what comes next.
    ether_type: u16,
    /// Source and destination of the IPv6 packet as they lie in the frame.
    address_bytes: Option<&'a [u8]>,
    walked: Walked<'a>,
}

/// What the walk leaves to read.
#[derive(Debug, Default)]
pub(crate) struct Walked<'a> {
    /// What the innermost transport carries; none in fragments.
    pub(crate) carried: Option<Carried<'a>>,
    /// Every TCP and UDP header, for the conversations.
    pub(crate) transports: Transports<'a>,
}

impl<'o, 'w, 'f, 'a> Headers<'o, 'w, 'f, 'a> {
    pub(crate) fn new(out: &'o mut Out<'w, 'f, 'a>, frame_bytes: u32) -> Self {
        Self {
            out,
            frame_bytes,
            ether_type: 0,
            address_bytes: None,
            walked: Walked::default(),
        }
    }

    /// What is left to read once the walk is over.
    pub(crate) fn finish(self) -> Walked<'a> {
        self.walked
    }

    fn link(&mut self, layer: &Layer<'a>, span: LayerSpan, bytes: Bytes<'a>) {
        match layer {
            Layer::Vlan(_) => {
                vlan::extract(bytes, self.ether_type, self.out);
                self.ether_type = bytes.u16(2).unwrap_or_default();
            }
            Layer::EthernetTrailer(trailer) => eth::trailer(Bytes(trailer), span.offset, self.frame_bytes, self.out),
            Layer::Llc(_) => llc::extract(bytes, self.out),
            Layer::Mpls(_) => mpls::extract(bytes, self.out),
            Layer::PppoeSession(_) => pppoe::extract(bytes, true, self.out),
            Layer::PppoeDiscovery(_) => pppoe::extract(bytes, false, self.out),
            Layer::Ppp(_) => ppp::extract(bytes, self.out),
            Layer::Sll(_) => sll::extract(bytes, self.out),
            Layer::Sll2(_) => sll::extract_2(bytes, self.out),
            Layer::Null(_) => null::extract(bytes, self.out),
            Layer::FrameRelay(_) => frame_relay::extract(bytes, self.out),
            Layer::Nflog(_) => nflog::extract(bytes, self.out),
            Layer::Raw => null::raw(bytes, self.out),
            Layer::Arp(_) => arp::extract(bytes, self.out),
            other => self.tunnel(other, bytes),
        }
    }

    fn tunnel(&mut self, layer: &Layer<'a>, bytes: Bytes<'a>) {
        match layer {
            Layer::Ipv6Extension(header) => self.extension(header.kind().0.0, bytes),
            Layer::Gre(_) => gre::extract(bytes, self.out),
            Layer::Erspan(_) => gre::erspan(bytes, self.out),
            Layer::Vxlan(_) => vxlan::extract(bytes, self.out),
            Layer::Geneve(_) => geneve::extract(bytes, self.out),
            Layer::Sctp(_) => sctp::extract(bytes, self.out),
            other => {
                if let Some(name) = other.name() {
                    self.out.layer(name);
                }
            }
        }
    }

    fn extension(&mut self, kind: u8, bytes: Bytes<'a>) {
        const AUTHENTICATION: u8 = 51;
        match kind {
            AUTHENTICATION => ah::extract(bytes, self.out),
            other => ipv6::extension(bytes, other, self.out),
        }
    }

    fn ports(bytes: Bytes<'_>) -> [u16; 2] {
        [0, 2].map(|at| bytes.u16(at).unwrap_or_default())
    }

    fn carries(&mut self, carrier: Carrier, ports: [u16; 2], payload: Bytes<'a>) {
        self.walked.carried = Some(Carried {
            carrier,
            ports,
            payload,
        });
    }

    fn tcp(&mut self, span: LayerSpan, bytes: Bytes<'a>) {
        tcp::extract(bytes, span.wire_bytes, self.out);
        if !span.is_quoted {
            self.carries(Carrier::Tcp, Self::ports(bytes), bytes.from(tcp::header_bytes(bytes)));
        }
    }

    fn udp(&mut self, span: LayerSpan, bytes: Bytes<'a>) {
        udp::extract(bytes, self.out);
        if !span.is_quoted {
            self.carries(Carrier::Udp, Self::ports(bytes), bytes.from(udp::HEADER_BYTES));
        }
    }

    fn icmp(&mut self, span: LayerSpan, bytes: Bytes<'a>) {
        icmp::extract(bytes, bytes.len() >= span.wire_bytes as usize, self.out);
        if let (false, Some(data)) = (span.is_quoted, icmp::echo_data(bytes)) {
            self.carries(Carrier::Other, [0, 0], data);
        }
    }

    fn icmpv6(&mut self, span: LayerSpan, bytes: Bytes<'a>) {
        let is_whole = bytes.len() >= span.wire_bytes as usize;
        icmpv6::extract(bytes, self.address_bytes.filter(|_| is_whole), self.out);
        if let (false, Some(data)) = (span.is_quoted, icmpv6::echo_data(bytes)) {
            self.carries(Carrier::Other, [0, 0], data);
        }
    }
}

impl<'a> Visitor<'a> for Headers<'_, '_, '_, 'a> {
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, rest: &'a [u8]) {
        let bytes = Bytes(rest);
        self.walked.transports.layer(layer, span, rest);
        match layer {
            Layer::Ethernet(_) => {
                eth::extract(bytes, self.out);
                self.ether_type = bytes.u16(12).unwrap_or_default();
            }
            Layer::Ipv4(_) => {
                self.walked.carried = None;
                ip::extract(bytes, span.wire_bytes, self.out);
            }
            Layer::Ipv6(_) => {
                self.address_bytes = bytes.slice(8, 32);
                self.walked.carried = None;
                ipv6::extract(bytes, self.out);
            }
            Layer::Tcp(_) => self.tcp(span, bytes),
            Layer::Udp(_) => self.udp(span, bytes),
            Layer::Icmp(_) => self.icmp(span, bytes),
            Layer::Icmpv6(_) => self.icmpv6(span, bytes),
            other => self.link(other, span, bytes),
        }
    }
}
