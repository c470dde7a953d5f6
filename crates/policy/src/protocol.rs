//! Protocols below TCP and UDP, and these two, by Wireshark's names.

use whotalks_record::IpProtocol;

use super::Problem;

/// Between the protocols of a path, as in Wireshark's `frame.protocols`.
const BETWEEN: char = ':';
/// Protocols of a path; nobody nests deeper.
const MOST_STEPS: usize = 8;

/// A protocol, or several that lie directly in each other: `gre`, `ip:ipv6`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProtocolPath {
    steps: Vec<&'static str>,
}

impl ProtocolPath {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let known = |word: &str| protocols().find(|known| *known == word).ok_or_else(|| unknown(word));
        let steps = text.split(BETWEEN).take(MOST_STEPS + 1);
        let steps: Vec<&'static str> = steps.map(known).collect::<Result<_, _>>()?;
        if steps.len() > MOST_STEPS {
            return Err(Problem::TooLarge { limit: MOST_STEPS });
        }
        Ok(Self { steps })
    }

    /// The protocols, from the outside in; at least one.
    #[must_use]
    pub fn steps(&self) -> &[&'static str] {
        &self.steps
    }

    /// Its number in IP, where it is one protocol that has one.
    #[must_use]
    pub fn ip_protocol(&self) -> Option<IpProtocol> {
        match self.steps.as_slice() {
            [only] => ip_protocol(only),
            _ => None,
        }
    }
}

impl std::fmt::Display for ProtocolPath {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.steps.join(":"))
    }
}

fn unknown(word: &str) -> Problem {
    Problem::UnknownProtocol {
        word: word.to_owned(),
        suggestions: super::rule::like(word, protocols()),
    }
}

/// All names that a policy may use.
pub fn protocols() -> impl Iterator<Item = &'static str> {
    let of_ip = OF_IP.iter().map(|(name, _)| *name);
    LINKS.iter().chain(&NETWORKS).copied().chain(of_ip)
}

/// The number in IP of a protocol of that name.
#[must_use]
pub fn ip_protocol(name: &str) -> Option<IpProtocol> {
    let found = OF_IP.iter().find(|(known, _)| *known == name);
    found.map(|(_, number)| IpProtocol(*number))
}

/// Link layers and what lies directly on them.
const LINKS: [&str; 62] = [
    "eth",
    "vlan",
    "ieee8021ad",
    "cmd",
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
    "radiotap",
    "prism",
    "wlancap",
    "ppi",
    "wlan",
    "wlan_aggregate",
    "wol",
    "trill",
    "dec_dna",
    "lat",
    "arp",
    "ddp",
    "aarp",
    "ipx",
    "slow",
    "homeplug",
    "eapol",
    "pn_rt",
    "aoe",
    "lldp",
    "lltd",
    "homeplug-av",
    "macsec",
    "ptp",
    "cfm",
    "fcoe",
    "loop",
    "stp",
    "netbios",
    "osi",
    "pagp",
    "udld",
    "cdp",
    "cgmp",
    "vtp",
    "dtp",
    "vj",
    "comp_data",
    "ipcp",
    "ipv6cp",
    "ccp",
    "lcp",
    "pap",
    "lqr",
    "cbcp",
    "chap",
    "eap",
];

/// Internet protocols, and tunnels that are told by a port.
const NETWORKS: [&str; 8] = ["ip", "ipv6", "erspan", "vxlan", "geneve", "gtp", "l2tp", "teredo"];

/// What IP carries, with its number (IANA "Protocol Numbers").
const OF_IP: [(&str, u8); 24] = [
    ("icmp", 1),
    ("igmp", 2),
    ("tcp", 6),
    ("egp", 8),
    ("udp", 17),
    ("dccp", 33),
    ("rsvp", 46),
    ("gre", 47),
    ("esp", 50),
    ("ah", 51),
    ("mobileip", 55),
    ("icmpv6", 58),
    ("eigrp", 88),
    ("ospf", 89),
    ("etherip", 97),
    ("pim", 103),
    ("ipcomp", 108),
    ("vrrp", 112),
    ("pgm", 113),
    ("isis", 124),
    ("sctp", 132),
    ("mipv6", 135),
    ("udplite", 136),
    ("hip", 139),
];
