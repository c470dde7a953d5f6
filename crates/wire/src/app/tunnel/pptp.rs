//! PPTP's control connection (RFC 2637 2).

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::{self, PduLength};
use crate::app::read::{judge, same, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Pptp, probe)
    .beginning(First::Of(&[0]))
    .framed(framed)
    .on(&[1723]);

const CONTROL: [u8; 2] = [0, 1];
const COOKIE: [u8; 4] = [0x1a, 0x2b, 0x3c, 0x4d];

fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(begins(prefix))
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if *prefix.first()? != 0 || !same(prefix, 2, &CONTROL)? {
        return Some(false);
    }
    same(prefix, 4, &COOKIE)
}

/// The length counts itself.
fn framed(prefix: &[u8], direction: Direction) -> PduLength {
    match u16_be(prefix, 0) {
        Some(0 | 1) => PduLength::Unframed,
        Some(length) => PduLength::Known(length.into()),
        None => pdu::behind_u16(prefix, direction),
    }
}
