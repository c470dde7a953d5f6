//! RADIUS (RFC 2865, RFC 2866): a code, a length, and attributes to the end.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{u8_at, u16_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol =
    Protocol::datagram(ApplicationProtocol::Radius, probe).on(&[1645, 1646, 1812, 1813, 3799]);

const HEADER_BYTES: usize = 20;
const MOST_BYTES: usize = 4096;
/// Attributes of which at least one is in every message but an empty accept or reject: who, where, and the digest.
const TELLING: [u8; 8] = [1, 4, 5, 31, 32, 40, 79, 80];
/// More attributes do not fit.
const MOST_ATTRIBUTES: usize = MOST_BYTES / 2;

/// The attributes of a message: number (IANA "RADIUS Types") and value.
pub fn attributes(datagram: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = datagram.get(HEADER_BYTES..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (u8_at(rest, 0)?, usize::from(u8_at(rest, 1)?));
        let value = rest.get(2..length)?;
        rest = rest.get(length..)?;
        Some((kind, value))
    })
    .take(MOST_ATTRIBUTES)
}

/// The user, as the first attribute of that kind states it.
#[must_use]
pub fn user_name(datagram: &[u8]) -> Option<&[u8]> {
    attributes(datagram)
        .find(|(kind, _)| *kind == 1)
        .map(|(_, value)| value)
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let known = matches!(u8_at(datagram, 0), Some(1..=5 | 11..=13 | 40..=45));
    let length = u16_be(datagram, 2).map(usize::from);
    if !known || length != Some(datagram.len()) || !(HEADER_BYTES..=MOST_BYTES).contains(&datagram.len()) {
        return Probe::NotMine;
    }
    let walked: usize = attributes(datagram).map(|(_, value)| value.len() + 2).sum();
    if walked + HEADER_BYTES != datagram.len() {
        return Probe::NotMine;
    }
    let telling = attributes(datagram).any(|(kind, _)| TELLING.contains(&kind));
    if telling { Probe::Certain } else { Probe::Unsure }
}
