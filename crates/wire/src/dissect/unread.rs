//! Protocols that headers announce and that are not read here, by the names that Wireshark has for them.

use whotalks_record::IpProtocol;

use crate::link::EtherType;

/// A protocol that is not read, by the number that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unread {
    /// By EtherType (IEEE 802 registry).
    EtherType(EtherType),
    /// By the destination's service access point of IEEE 802.2.
    ServiceAccessPoint(u8),
    /// By the numbers of an organisation, under SNAP.
    Snap {
        /// The organisation's number.
        organisation: u32,
        /// The protocol's number.
        protocol: u16,
    },
    /// By the number of Cisco HDLC, where it is none of the EtherTypes.
    CiscoHdlc(u16),
    /// By the number of PPP (IANA "PPP DLL Protocol Numbers").
    Ppp(u16),
    /// By the number of IP (IANA "Protocol Numbers").
    Ip(IpProtocol),
}

const ETHER_TYPES: [(u16, &str); 21] = [
    (0x0806, "arp"),
    (0x0842, "wol"),
    (0x22f3, "trill"),
    (0x6003, "dec_dna"),
    (0x6004, "lat"),
    (0x8035, "arp"),
    (0x809b, "ddp"),
    (0x80f3, "aarp"),
    (0x8137, "ipx"),
    (0x8809, "slow"),
    (0x887b, "homeplug"),
    (0x888e, "eapol"),
    (0x8892, "pn_rt"),
    (0x88a2, "aoe"),
    (0x88cc, "lldp"),
    (0x88d9, "lltd"),
    (0x88e1, "homeplug-av"),
    (0x88f7, "ptp"),
    (0x8902, "cfm"),
    (0x8906, "fcoe"),
    (0x9000, "loop"),
];

const SERVICE_ACCESS_POINTS: [(u16, &str); 4] = [(0x42, "stp"), (0xe0, "ipx"), (0xf0, "netbios"), (0xfe, "osi")];

/// Cisco's own protocols.
pub(super) const CISCO: u32 = 0x00_000c;
const CISCO_PROTOCOLS: [(u16, &str); 7] = [
    (0x0104, "pagp"),
    (0x010b, "stp"),
    (0x0111, "udld"),
    (0x2000, "cdp"),
    (0x2001, "cgmp"),
    (0x2003, "vtp"),
    (0x2004, "dtp"),
];

const CISCO_HDLC_PROTOCOLS: [(u16, &str); 1] = [(0x8035, "slarp")];

/// Apple's own protocols.
const APPLE: u32 = 0x08_0007;

const PPP_PROTOCOLS: [(u16, &str); 13] = [
    (0x002d, "vj"),
    (0x00fd, "comp_data"),
    (0x8021, "ipcp"),
    (0x8053, "ppp_ecp"),
    (0x8057, "ipv6cp"),
    (0x80fd, "ccp"),
    (0x8281, "mplscp"),
    (0xc021, "lcp"),
    (0xc023, "pap"),
    (0xc025, "lqr"),
    (0xc029, "cbcp"),
    (0xc223, "chap"),
    (0xc227, "eap"),
];

const IP_PROTOCOLS: [(u16, &str); 12] = [
    (8, "egp"),
    (46, "rsvp"),
    (55, "mobileip"),
    (88, "eigrp"),
    (89, "ospf"),
    (103, "pim"),
    (108, "ipcomp"),
    (112, "vrrp"),
    (113, "pgm"),
    (124, "isis"),
    (135, "mipv6"),
    (139, "hip"),
];

impl Unread {
    /// The name that Wireshark gives the protocol, where it is a common one.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        match *self {
            Self::EtherType(EtherType(number)) => find(&ETHER_TYPES, number),
            Self::ServiceAccessPoint(number) => find(&SERVICE_ACCESS_POINTS, number.into()),
            Self::Snap {
                organisation: CISCO,
                protocol,
            } => find(&CISCO_PROTOCOLS, protocol),
            Self::Snap {
                organisation: APPLE,
                protocol,
            } => find(&ETHER_TYPES, protocol),
            Self::Snap { .. } => None,
            Self::CiscoHdlc(number) => find(&CISCO_HDLC_PROTOCOLS, number),
            Self::Ppp(number) => find(&PPP_PROTOCOLS, number),
            Self::Ip(IpProtocol(number)) => find(&IP_PROTOCOLS, number.into()),
        }
    }
}

fn find(names: &[(u16, &'static str)], number: u16) -> Option<&'static str> {
    let place = names.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    names.get(place).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_sorted() {
        let tables: [&[(u16, &str)]; 5] = [
            &ETHER_TYPES,
            &SERVICE_ACCESS_POINTS,
            &CISCO_PROTOCOLS,
            &PPP_PROTOCOLS,
            &IP_PROTOCOLS,
        ];
        for table in tables {
            assert!(table.is_sorted_by(|(a, _), (b, _)| a < b), "{table:?}");
        }
    }

    #[test]
    fn names_depend_on_who_gave_the_number() {
        assert_eq!(Unread::EtherType(EtherType(0x88cc)).name(), Some("lldp"));
        assert_eq!(
            Unread::Snap {
                organisation: CISCO,
                protocol: 0x2000
            }
            .name(),
            Some("cdp")
        );
        assert_eq!(
            Unread::Snap {
                organisation: 1,
                protocol: 0x2000
            }
            .name(),
            None
        );
        assert_eq!(Unread::Ip(IpProtocol(89)).name(), Some("ospf"));
    }
}
