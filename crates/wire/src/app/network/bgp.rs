//! BGP (RFC 4271 4.1): sixteen bytes of ones, a length and a kind.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, same, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Bgp, probe)
    .beginning(First::Of(&[0xff]))
    .framed(pdu)
    .on(&[179]);

const MARKER: [u8; 16] = [0xff; 16];
const HEADER_BYTES: u16 = 19;

fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(begins(prefix))
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if !same(prefix, 0, &MARKER)? {
        return Some(false);
    }
    let length = u16_be(prefix, 16)?;
    Some(length >= HEADER_BYTES && matches!(u8_at(prefix, 18)?, 1..=5))
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match same(prefix, 0, &MARKER) {
        Some(false) => PduLength::Unframed,
        _ => PduLength::stated(u16_be(prefix, 16).map(usize::from)),
    }
}
