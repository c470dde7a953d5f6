//! NAT-PMP (RFC 6886 3) and PCP (RFC 6887 7): short messages that only their port proves.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{possible, u8_at};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::NatPmp, probe)
    .beginning(First::Range(0, 2))
    .on(&[5350, 5351]);

fn probe(datagram: &[u8], _: Direction) -> Probe {
    possible(message(datagram))
}

fn message(datagram: &[u8]) -> Option<bool> {
    let (version, operation) = (u8_at(datagram, 0)?, u8_at(datagram, 1)?);
    Some(match (version, operation & 0x80 != 0, operation & 0x7f) {
        (0, false, 0) => datagram.len() == 2,
        (0, false, 1 | 2) | (0, true, 0) => datagram.len() == 12,
        (0, true, 1 | 2) => datagram.len() == 16,
        (2, _, 0..=3) => datagram.len() >= 24 && datagram.len().is_multiple_of(4),
        _ => false,
    })
}
