//! What a visitor is told of each header.

use super::Unread;
use crate::Stop;
use crate::link::{
    arcnet, arista, cisco_metadata, ethernet, fabric_path, fddi, frame_relay, ieee80211, infiniband, ipnet, llc,
    macsec, mpls, nflog, null, pktap, ppp, provider_bridge, radio, sll, vlan, vn_tag,
};
use crate::net::{
    ah, arp, ayiya, erspan, esp, etherip, geneve, gre, gtp, icmp, igmp, ipv4, ipv6, l2tp, nsh, pim, teredo, vxlan,
};
use crate::transport::{Ports, sctp, tcp, udp};

/// One header of a frame, as the walk meets it. More protocols may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layer<'a> {
    /// Ethernet II or IEEE 802.3.
    Ethernet(ethernet::Header<'a>),
    /// What an Ethernet frame has behind the packet that it carries: padding, then possibly a trailer and checksum.
    EthernetTrailer(&'a [u8]),
    /// An IEEE 802.1ad service tag.
    ServiceVlan(vlan::Tag<'a>),
    /// An IEEE 802.1Q tag.
    Vlan(vlan::Tag<'a>),
    /// A security group tag of Cisco's.
    CiscoMetadata(cisco_metadata::Header<'a>),
    /// A tag of Cisco's virtual interfaces.
    VnTag(vn_tag::Header<'a>),
    /// Cisco FabricPath.
    FabricPath(fabric_path::Header<'a>),
    /// A time that a switch of Arista's wrote.
    AristaTime(arista::Header<'a>),
    /// MACsec.
    Macsec(macsec::Header<'a>),
    /// The tag and addresses of a customer's frame in a provider's.
    ProviderBridge(provider_bridge::Header<'a>),
    /// IEEE 802.2, with SNAP.
    Llc(llc::Header<'a>),
    /// One entry of an MPLS label stack.
    Mpls(mpls::Label<'a>),
    /// PPPoE session data.
    PppoeSession(ppp::PppoeHeader<'a>),
    /// PPPoE discovery.
    PppoeDiscovery(ppp::PppoeHeader<'a>),
    /// PPP.
    Ppp(ppp::Header),
    /// Cisco HDLC.
    CiscoHdlc(ppp::HdlcHeader<'a>),
    /// A Linux "cooked" capture.
    Sll(sll::HeaderV1<'a>),
    /// A Linux "cooked" capture, version 2.
    Sll2(sll::HeaderV2<'a>),
    /// BSD or OpenBSD loopback.
    Null(null::Header),
    /// Frame relay.
    FrameRelay(frame_relay::Header<'a>),
    /// A Linux netfilter log message.
    Nflog(nflog::Header<'a>),
    /// FDDI.
    Fddi(fddi::Header<'a>),
    /// ARCnet.
    Arcnet(arcnet::Header),
    /// IP over InfiniBand.
    Infiniband(infiniband::Header),
    /// Solaris IPNET.
    Ipnet(ipnet::Header<'a>),
    /// macOS PKTAP.
    Pktap(pktap::Header<'a>),
    /// Radiotap.
    Radiotap(radio::Radiotap<'a>),
    /// A Prism or AVS header.
    Prism(radio::Prism<'a>),
    /// PPI.
    Ppi(radio::Ppi<'a>),
    /// IEEE 802.11.
    Wlan(ieee80211::Header<'a>),
    /// The header of one of several packets in a frame of IEEE 802.11.
    WlanSubframe(ieee80211::Subframe<'a>),
    /// IP without a link layer; a layer of no bytes.
    Raw,
    /// A protocol that is announced and not read; a layer of no header.
    Unread(Unread),
    /// A header that is cut off or malformed.
    Damaged(Damaged),
    /// ARP for IPv4 over Ethernet.
    Arp(arp::Packet<'a>),
    /// IPv4.
    Ipv4(ipv4::Header<'a>),
    /// IPv6, without extension headers.
    Ipv6(ipv6::Header<'a>),
    /// An IPv6 extension header other than authentication.
    Ipv6Extension(ipv6::Extension<'a>),
    /// GRE.
    Gre(gre::Header<'a>),
    /// ERSPAN type II or III.
    Erspan(erspan::Header<'a>),
    /// VXLAN.
    Vxlan(vxlan::Header<'a>),
    /// VXLAN with the generic protocol extension.
    VxlanGpe(vxlan::Extended<'a>),
    /// A network service header.
    Services(nsh::Header<'a>),
    /// A register message of PIM.
    PimRegister(pim::Register<'a>),
    /// AYIYA.
    Ayiya(ayiya::Header<'a>),
    /// Geneve.
    Geneve(geneve::Header<'a>),
    /// GTP-U.
    Gtp(gtp::Header<'a>),
    /// L2TP over UDP.
    L2tp(l2tp::Header),
    /// L2TP version 3 over IP.
    L2tpIp(l2tp::IpHeader<'a>),
    /// Teredo.
    Teredo(teredo::Header<'a>),
    /// Ethernet within IP.
    EtherIp(etherip::Header<'a>),
    /// An authentication header.
    Ah(ah::Header<'a>),
    /// An encrypted payload.
    Esp(esp::Header<'a>),
    /// IGMP.
    Igmp(igmp::Header<'a>),
    /// TCP.
    Tcp(tcp::Header<'a>),
    /// UDP.
    Udp(udp::Header<'a>),
    /// UDP-Lite, of which the ports are read.
    UdpLite(Ports),
    /// SCTP.
    Sctp(sctp::Header<'a>),
    /// DCCP, of which the ports are read.
    Dccp(Ports),
    /// ICMP.
    Icmp(icmp::Header<'a>),
    /// ICMPv6.
    Icmpv6(icmp::Header<'a>),
}

impl Layer<'_> {
    /// The name that Wireshark gives the protocol, none for parts of the one before.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Ethernet(_) => "eth",
            Self::EthernetTrailer(_) => return None,
            Self::ServiceVlan(_) => "ieee8021ad",
            Self::Vlan(_) => "vlan",
            Self::CiscoMetadata(_) => "cmd",
            Self::VnTag(_) => "vntag",
            Self::FabricPath(_) => "cfp",
            Self::AristaTime(_) => "avsp",
            Self::Macsec(_) => "macsec",
            Self::ProviderBridge(_) => "ieee8021ah",
            Self::Fddi(_) => "fddi",
            Self::Arcnet(_) => "arcnet",
            Self::Infiniband(_) => "ipoib",
            Self::Ipnet(_) => "ipnet",
            Self::Pktap(_) => "pktap",
            Self::Llc(_) => "llc",
            Self::Mpls(_) => "mpls",
            Self::PppoeSession(_) => "pppoes",
            Self::PppoeDiscovery(_) => "pppoed",
            Self::Ppp(_) => "ppp",
            Self::CiscoHdlc(_) => "chdlc",
            Self::Sll(_) | Self::Sll2(_) => "sll",
            Self::Null(_) => "null",
            Self::FrameRelay(_) => "fr",
            Self::Nflog(_) => "nflog",
            Self::Radiotap(_) => "radiotap",
            Self::Prism(header) if header.is_avs() => "wlancap",
            Self::Prism(_) => "prism",
            Self::Ppi(_) => "ppi",
            Self::Wlan(_) => "wlan",
            Self::WlanSubframe(_) => "wlan_aggregate",
            Self::Raw => "raw",
            Self::Unread(protocol) => return protocol.name(),
            Self::Damaged(damaged) => damaged.name,
            Self::Arp(_) => "arp",
            Self::Ipv4(_) => "ip",
            Self::Ipv6(_) => "ipv6",
            Self::Ipv6Extension(header) => return extension_name(header.kind()),
            Self::Gre(_) => "gre",
            Self::Erspan(_) => "erspan",
            Self::Vxlan(_) | Self::VxlanGpe(_) => "vxlan",
            Self::Services(_) => "nsh",
            Self::PimRegister(_) => "pim",
            Self::Ayiya(_) => "ayiya",
            Self::Geneve(_) => "geneve",
            Self::Gtp(_) => "gtp",
            Self::L2tp(_) | Self::L2tpIp(_) => "l2tp",
            Self::Teredo(_) => "teredo",
            Self::EtherIp(_) => "etherip",
            Self::Ah(_) => "ah",
            Self::Esp(_) => "esp",
            Self::Igmp(_) => "igmp",
            Self::Tcp(_) => "tcp",
            Self::Udp(_) => "udp",
            Self::UdpLite(_) => "udplite",
            Self::Sctp(_) => "sctp",
            Self::Dccp(_) => "dccp",
            Self::Icmp(_) => "icmp",
            Self::Icmpv6(_) => "icmpv6",
        })
    }
}

/// A header of which only the beginning is there, or which contradicts itself. Quotes in ICMP errors often end inside a TCP
/// header; its ports are the first bytes, which [`Ports::peek`] reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged {
    /// The name that Wireshark gives the protocol.
    pub name: &'static str,
    /// What is wrong with it.
    pub stop: Stop,
}

pub(super) fn extension_name(kind: ipv6::ExtensionKind) -> Option<&'static str> {
    use ipv6::ExtensionKind;
    match kind {
        ExtensionKind::HOP_BY_HOP => Some("ipv6.hopopts"),
        ExtensionKind::ROUTING => Some("ipv6.routing"),
        ExtensionKind::FRAGMENT => Some("ipv6.fraghdr"),
        ExtensionKind::AUTHENTICATION => Some("ah"),
        ExtensionKind::DESTINATION_OPTIONS => Some("ipv6.dstopts"),
        ExtensionKind::MOBILITY => Some("mipv6"),
        ExtensionKind::HOST_IDENTITY => Some("hip"),
        ExtensionKind::SHIM6 => Some("shim6"),
        _ => None,
    }
}

/// Where a layer lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerSpan {
    /// Where its header begins, in bytes from the beginning of the frame.
    pub offset: usize,
    /// Bytes of its header, options included, that were captured.
    pub header_bytes: usize,
    /// Bytes of its header and of what it carries, on the wire, without padding of the layers below.
    pub wire_bytes: u32,
    /// Whether it is part of a packet that an ICMP error quotes. Such a packet was not sent in this frame.
    pub is_quoted: bool,
}

/// Is told of the headers of a frame, from the outside in.
pub trait Visitor<'a> {
    /// Whether the packets that ICMP errors quote are walked as well.
    const WANTS_QUOTES: bool = true;

    /// Whether it is told of headers that are cut off or malformed.
    const WANTS_DAMAGE: bool = true;

    /// A header that was read. `rest` begins with it and holds everything captured after it that belongs to it, padding and
    /// trailers of layers below left out.
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, rest: &'a [u8]);
}
