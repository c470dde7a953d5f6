//! BACnet/IP (ASHRAE 135 annex J): 0x81, a function, the length of the datagram, then version 1.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Bacnet, probe)
    .beginning(First::Of(&[0x81]))
    .on(&[47808]);

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(message(datagram))
}

fn message(datagram: &[u8]) -> Option<bool> {
    let known = u8_at(datagram, 0)? == 0x81 && usize::from(u16_be(datagram, 2)?) == datagram.len();
    // Original unicast and broadcast; forwarded ones have the sender's address before.
    let version_at = match u8_at(datagram, 1)? {
        0x09..=0x0b => 4,
        0x04 => 10,
        _ => return Some(false),
    };
    Some(known && u8_at(datagram, version_at)? == 1)
}
