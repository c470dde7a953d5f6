//! DHCPv6 (RFC 9915): a kind, a transaction, then options of two-byte codes and lengths to the end.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Dhcpv6, probe)
    .beginning(First::Range(1, HIGHEST_TYPE))
    .on(&[546, 547]);

/// The highest kind of message that clients and relays send (IANA "DHCPv6 Message Types").
const HIGHEST_TYPE: u8 = 13;
const RELAY_TYPES: [u8; 2] = [12, 13];
const HEADER_BYTES: usize = 4;
/// Kind, hops, two addresses.
const RELAY_HEADER_BYTES: usize = 34;
/// The highest option in use.
const HIGHEST_OPTION: u16 = 160;
const OPTION_CLIENT: u16 = 1;
const OPTION_SERVER: u16 = 2;
const OPTION_RELAYED: u16 = 9;
/// Link-layer with time, by enterprise, link-layer, UUID (RFC 9915 11).
const DUID_TYPES: std::ops::RangeInclusive<u16> = 1..=4;
/// Messages have some ten.
const MOST_OPTIONS: usize = 64;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    match u8_at(datagram, 0) {
        Some(kind) if RELAY_TYPES.contains(&kind) => options(datagram.get(RELAY_HEADER_BYTES..), true),
        Some(1..=HIGHEST_TYPE) => options(datagram.get(HEADER_BYTES..), false),
        _ => Probe::NotMine,
    }
}

/// Every option must fit; one that identifies somebody proves it.
fn options(bytes: Option<&[u8]>, is_relay: bool) -> Probe {
    let Some(mut rest) = bytes.filter(|bytes| !bytes.is_empty()) else {
        return Probe::NotMine;
    };
    let mut proved = false;
    for _ in 0..MOST_OPTIONS {
        let Some((code, value, after)) = option(rest) else {
            return Probe::NotMine;
        };
        proved |= match code {
            OPTION_CLIENT | OPTION_SERVER => u16_be(value, 0).is_some_and(|kind| DUID_TYPES.contains(&kind)),
            OPTION_RELAYED => is_relay,
            _ => false,
        };
        if after.is_empty() {
            return if proved { Probe::Certain } else { Probe::Unsure };
        }
        rest = after;
    }
    Probe::NotMine
}

fn option(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (code, length) = (u16_be(bytes, 0)?, usize::from(u16_be(bytes, 2)?));
    let (value, after) = bytes.get(4..)?.split_at_checked(length)?;
    (1..=HIGHEST_OPTION).contains(&code).then_some((code, value, after))
}
