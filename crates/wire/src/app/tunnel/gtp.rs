//! GTP (3GPP TS 29.281, 29.060, 29.274): a length that fits, which only its port turns into a guess.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{possible, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Gtp, probe)
    .beginning(First::Range(0x30, 0x5f))
    .on(&[2123, 2152]);

/// Header bytes that the length does not count, in versions 1 and 2.
const VERSION_1_BYTES: usize = 8;
const VERSION_2_BYTES: usize = 4;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    possible(message(datagram))
}

fn message(datagram: &[u8]) -> Option<bool> {
    let length = usize::from(u16_be(datagram, 2)?);
    Some(match u8_at(datagram, 0)? >> 4 {
        3 => length + VERSION_1_BYTES == datagram.len(),
        4 | 5 => length + VERSION_2_BYTES == datagram.len(),
        _ => false,
    })
}
