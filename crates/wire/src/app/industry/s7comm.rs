//! Siemens S7, behind the data header of ISO transport: its first byte is 0x32, that of S7 plus 0x72.

use whotalks_record::ApplicationProtocol;

use crate::app::industry::cotp;
use crate::app::read::{judge, same, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::S7comm, probe)
    .beginning(First::Of(&[cotp::TPKT_VERSION]))
    .framed(cotp::pdu)
    .on(&[102]);

/// X.224 data TPDU: length 2, code, end of message.
const DATA: [u8; 3] = [2, 0xf0, 0x80];

fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(data(prefix))
}

fn data(prefix: &[u8]) -> Option<bool> {
    if !same(prefix, 0, &[cotp::TPKT_VERSION, 0])? {
        return Some(false);
    }
    let length = usize::from(u16_be(prefix, 2)?);
    if length < cotp::TPKT_BYTES + DATA.len() + 4 || !same(prefix, cotp::TPKT_BYTES, &DATA)? {
        return Some(false);
    }
    match u8_at(prefix, 7)? {
        // Job, acknowledgement, answer or user data; then two reserved bytes.
        0x32 => Some(matches!(u8_at(prefix, 8)?, 1..=3 | 7) && same(prefix, 9, &[0, 0])?),
        0x72 => Some(matches!(u8_at(prefix, 8)?, 1..=3)),
        _ => Some(false),
    }
}
