//! What is told of each header.

use std::net::Ipv4Addr;

use whotalks_session::streams::Transports;
use whotalks_wire::Stop;
use whotalks_wire::dissect::{Damaged, Ip, Layer, LayerSpan, Visitor};
use whotalks_wire::net::{ipv4, ipv6};

use super::{Bytes, Out};
use crate::protocols::{
    ah, arp, esp, eth, frame_relay, geneve, gre, gtp, icmp, icmpv6, igmp, ip, ipv6 as ipv6_fields, l2tp, llc, mpls,
    nflog, null, pktap, ppp, pppoe, radiotap, sctp, sll, tcp, teredo, udp, vlan, vxlan, wlan,
};

/// Bytes of an IPv4 header without options; one of less is none (RFC 791 3.1).
const LEAST_IPV4_BYTES: usize = 20;

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
    /// The network layer at hand holds a fragment.
    is_fragment: bool,
    walked: Walked<'a>,
}

/// What the walk leaves to read.
#[derive(Debug, Default)]
pub(crate) struct Walked<'a> {
    /// What the innermost transport carries; none in fragments.
    pub(crate) carried: Option<Carried<'a>>,
    /// An echo request or reply.
    pub(crate) echo: Option<icmp::Echo>,
    /// Every TCP and UDP header, for the conversations.
    pub(crate) transports: Transports<'a>,
    /// Source and destination of the innermost IPv4 packet.
    addresses: Option<[Ipv4Addr; 2]>,
    /// Source and destination of the innermost IPv6 packet as they lie in the frame.
    address_bytes: Option<&'a [u8]>,
}

impl<'o, 'w, 'f, 'a> Headers<'o, 'w, 'f, 'a> {
    pub(crate) fn new(out: &'o mut Out<'w, 'f, 'a>, frame_bytes: u32) -> Self {
        Self {
            out,
            frame_bytes,
            is_fragment: false,
            walked: Walked::default(),
        }
    }

    /// For a datagram that was put together from fragments, the last of which was told of by `outer`.
    pub(crate) fn within(ip: &Ip, outer: &Walked<'a>, frame_bytes: u32, out: &'o mut Out<'w, 'f, 'a>) -> Self {
        let mut headers = Self::new(out, frame_bytes);
        headers.walked = Walked {
            transports: Transports::within(ip),
            addresses: outer.addresses,
            address_bytes: outer.address_bytes,
            ..Walked::default()
        };
        headers
    }

    /// What is left to read once the walk is over.
    pub(crate) fn finish(self) -> Walked<'a> {
        self.walked
    }

    fn link(&mut self, layer: &Layer<'a>, span: LayerSpan, bytes: Bytes<'a>) {
        match layer {
            Layer::Vlan(_) => vlan::extract(bytes, self.out),
            Layer::ServiceVlan(_) => vlan::service(bytes, self.out),
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
            Layer::Pktap(_) => pktap::extract(bytes, self.out),
            Layer::Radiotap(_) => radiotap::extract(bytes, self.out),
            Layer::Wlan(_) => wlan::extract(bytes, self.out),
            Layer::Raw => null::raw(bytes, self.out),
            other => self.network(other, bytes),
        }
    }

    fn network(&mut self, layer: &Layer<'a>, bytes: Bytes<'a>) {
        match layer {
            Layer::Arp(_) => arp::extract(bytes, self.out),
            Layer::Ipv6Extension(header) => self.extension(header, bytes),
            Layer::Ah(_) => ah::extract(bytes, self.out),
            Layer::Esp(_) => esp::extract(bytes, self.out),
            Layer::Igmp(_) => igmp::extract(bytes, self.out),
            Layer::Gre(_) => gre::extract(bytes, self.out),
            Layer::Erspan(_) => gre::erspan(bytes, self.out),
            Layer::Vxlan(_) => vxlan::extract(bytes, self.out),
            Layer::VxlanGpe(_) => vxlan::extended(bytes, self.out),
            Layer::Geneve(_) => geneve::extract(bytes, self.out),
            Layer::Gtp(_) => gtp::extract(bytes, self.out),
            Layer::L2tp(_) => l2tp::extract(bytes, self.out),
            Layer::Teredo(_) => teredo::extract(bytes, self.out),
            Layer::Sctp(_) if !self.is_fragment => sctp::extract(bytes, self.out),
            Layer::Damaged(damaged) if !self.is_fragment => self.damaged(*damaged, bytes),
            other => self.unread(other, bytes),
        }
    }

    /// A header of which the end is missing: what its beginning tells.
    fn damaged(&mut self, damaged: Damaged, bytes: Bytes<'a>) {
        let Stop::Short(_) = damaged.stop else {
            return self.unread(&Layer::Damaged(damaged), bytes);
        };
        match damaged.name {
            "ip" if is_plausible(bytes) => {
                ip::extract(bytes, self.frame_bytes, self.out);
            }
            "ipv6" => ipv6_fields::extract(bytes, self.out),
            "tcp" => tcp::beginning(bytes, self.out),
            "udp" => udp::beginning(bytes, self.out),
            "icmp" => icmp::beginning(bytes, self.out),
            "icmpv6" => icmpv6::beginning(bytes, self.out),
            _ => self.unread(&Layer::Damaged(damaged), bytes),
        }
    }

    /// Protocols of which only the name is known to the walk.
    fn unread(&mut self, layer: &Layer<'a>, bytes: Bytes<'a>) {
        match (layer.name(), self.is_fragment) {
            (None, _) | (Some("tcp" | "udp" | "icmp" | "icmpv6"), true) => {}
            (Some("stp"), _) => llc::spanning_tree(bytes, self.out),
            (Some("cdp"), _) => self.out.protocol(llc::CDP, bytes.0),
            (Some("lldp"), _) => self.out.protocol(llc::LLDP, bytes.0),
            (Some("lcp"), _) => self.out.protocol(ppp::LCP, bytes.0),
            (Some("ipcp"), _) => self.out.protocol(ppp::IPCP, bytes.0),
            (Some("chap"), _) => self.out.protocol(ppp::CHAP, bytes.0),
            (Some("pap"), _) => self.out.protocol(ppp::PAP, bytes.0),
            (Some("arp"), _) => arp::extract(bytes, self.out),
            (Some(name), _) => {
                self.out.layer(name);
                if announces_ether_type(layer) {
                    self.out.layer("ethertype");
                }
            }
        }
    }

    fn extension(&mut self, header: &ipv6::Extension<'_>, bytes: Bytes<'a>) {
        ipv6_fields::extension(bytes, header.kind().0.0, self.out);
        if header.fragment().is_some_and(|fragment| !fragment.is_atomic()) {
            self.fragment(bytes.from(8));
        }
    }

    /// What is in a fragment tells nothing by itself.
    fn fragment(&mut self, data: Bytes<'a>) {
        self.is_fragment = true;
        self.carries(Carrier::Other, [0, 0], data);
    }

    fn ipv4(&mut self, header: &ipv4::Header<'_>, span: LayerSpan, bytes: Bytes<'a>) {
        self.walked.carried = None;
        self.is_fragment = false;
        self.walked.addresses = Some([header.source(), header.destination()]);
        ip::extract(bytes, span.wire_bytes, self.out);
        let is_whole = bytes.len() >= span.wire_bytes as usize;
        // What was cut while capturing is never put together, so that its first piece is read as it is.
        let is_left_alone = header
            .fragment()
            .is_some_and(|fragment| !fragment.is_first() || is_whole);
        if is_left_alone && !span.is_quoted {
            self.fragment(bytes.from(span.header_bytes));
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
        if !span.is_quoted {
            self.walked.echo = self.walked.addresses.and_then(|addresses| icmp::echo(bytes, addresses));
        }
        if let (false, Some(data)) = (span.is_quoted, icmp::echo_data(bytes)) {
            self.carries(Carrier::Other, [0, 0], data);
        }
    }

    fn icmpv6(&mut self, span: LayerSpan, bytes: Bytes<'a>) {
        let is_whole = bytes.len() >= span.wire_bytes as usize;
        icmpv6::extract(bytes, self.walked.address_bytes.filter(|_| is_whole), self.out);
        if let (false, Some(data)) = (span.is_quoted, icmpv6::echo_data(bytes)) {
            self.carries(Carrier::Other, [0, 0], data);
        }
    }
}

/// Whether the lengths of an IPv4 header that is cut do not contradict each other; a total of none is left to the network card.
fn is_plausible(header: Bytes<'_>) -> bool {
    let header_bytes = header.u8(0).map_or(0, |byte| usize::from(byte & 0x0f) * 4);
    let total = header.length(2, 2).filter(|total| *total > 0).unwrap_or(usize::MAX);
    (LEAST_IPV4_BYTES..=total).contains(&header_bytes)
}

/// Whether a tag between Ethernet and the packet says what comes next by an EtherType, which Wireshark counts as a layer.
const fn announces_ether_type(layer: &Layer<'_>) -> bool {
    match layer {
        Layer::VnTag(_) | Layer::AristaTime(_) | Layer::ProviderBridge(_) => true,
        Layer::Macsec(header) => header.is_plain(),
        _ => false,
    }
}

impl<'a> Visitor<'a> for Headers<'_, '_, '_, 'a> {
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, rest: &'a [u8]) {
        let bytes = Bytes(rest);
        self.walked.transports.layer(layer, span, rest);
        match layer {
            Layer::Ethernet(_) => eth::extract(bytes, self.out),
            Layer::Ipv4(header) => self.ipv4(header, span, bytes),
            Layer::Ipv6(_) => {
                self.walked.address_bytes = bytes.slice(8, 32);
                self.walked.carried = None;
                self.is_fragment = false;
                ipv6_fields::extract(bytes, self.out);
            }
            Layer::Tcp(_) | Layer::Udp(_) | Layer::Icmp(_) | Layer::Icmpv6(_) if self.is_fragment => {}
            Layer::Tcp(_) => self.tcp(span, bytes),
            Layer::Udp(_) => self.udp(span, bytes),
            Layer::Icmp(_) => self.icmp(span, bytes),
            Layer::Icmpv6(_) => self.icmpv6(span, bytes),
            other => self.link(other, span, bytes),
        }
    }
}
