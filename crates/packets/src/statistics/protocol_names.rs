//! Which protocols Wireshark shows for a message.

use whotalks_record::ApplicationProtocol;

use super::shown::Form;

/// The protocols of link, network and transport layers that a hierarchy can hold.
const LAYERS: [&str; 57] = [
    "eth",
    "vlan",
    "ieee8021ad",
    "llc",
    "mpls",
    "pppoes",
    "pppoed",
    "ppp",
    "chdlc",
    "sll",
    "null",
    "fr",
    "nflog",
    "raw",
    "arp",
    "ip",
    "ipv6",
    "ah",
    "esp",
    "gre",
    "erspan",
    "vxlan",
    "geneve",
    "tcp",
    "udp",
    "udplite",
    "sctp",
    "dccp",
    "icmp",
    "icmpv6",
    "igmp",
    "wlan",
    "radiotap",
    "wlan_radio",
    "teredo",
    "gtp",
    "l2tp",
    "etherip",
    "tcp.segments",
    "data",
    "pptp",
    "loop",
    "cmd",
    "vntag",
    "cfp",
    "avsp",
    "macsec",
    "ieee8021ah",
    "fddi",
    "arcnet",
    "ipoib",
    "ipnet",
    "pktap",
    "nsh",
    "pim",
    "ayiya",
    "slarp",
];

/// The protocols that Wireshark shows for a message of `protocol`, from the outside in.
#[must_use]
pub(super) fn layers_of(protocol: ApplicationProtocol, form: Form) -> &'static [&'static str] {
    use ApplicationProtocol as P;
    match protocol {
        P::Unknown => &["data"],
        P::Http1 | P::HttpConnect => &["http"],
        P::Socks4 | P::Socks5 => &["socks"],
        P::Dot => &["tls"],
        P::Doh => &["http2"],
        P::Doq => &["quic"],
        P::Smb1 => &["nbss", "smb"],
        P::Smb2 => &["nbss", "smb2"],
        P::Rdp if form == Form::FastPath => &["rdp"],
        P::Rdp => &["tpkt", "cotp"],
        P::RdpUdp => &["rdpudp"],
        P::Cotp => &["tpkt", "cotp"],
        P::Msrpc => &["dcerpc"],
        P::Pop3 => &["pop"],
        P::Utp => &["bt-utp"],
        P::BitTorrentDht => &["bt-dht"],
        P::BitTorrentTracker => &["bt-tracker"],
        P::PostgreSql => &["pgsql"],
        P::MongoDb => &["mongo"],
        P::Memcached => &["memcache"],
        P::OracleTns => &["tns"],
        P::WireGuard => &["wg"],
        P::EspInUdp => &["udpencap"],
        P::OncRpc => &["rpc"],
        P::Portmap => &["rpc", "portmap"],
        P::Nfs => &["rpc", "nfs"],
        P::DropboxLan => &["db-lsp-disc"],
        P::Netflow | P::Ipfix => &["cflow"],
        P::WsDiscovery => &["xml"],
        other => one(other),
    }
}

/// The word of a protocol that Wireshark calls the same.
fn one(protocol: ApplicationProtocol) -> &'static [&'static str] {
    let place = ApplicationProtocol::ALL.iter().position(|other| *other == protocol);
    place
        .and_then(|place| ApplicationProtocol::WORDS.get(place..=place))
        .unwrap_or_default()
}

/// Every protocol that a hierarchy can hold, by Wireshark's names.
pub fn hierarchy_protocols() -> impl Iterator<Item = &'static str> {
    let applications = ApplicationProtocol::ALL
        .iter()
        .flat_map(|protocol| layers_of(*protocol, Form::FastPath));
    LAYERS.iter().chain(applications).chain(&["cotp"]).copied()
}
