//! TACACS+ (RFC 8907 4.1).

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, u8_at, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Tacacs, probe)
    .beginning(First::Of(&[0xc0, 0xc1]))
    .framed(pdu)
    .on(&[49]);

const HEADER_BYTES: usize = 12;
const MOST_BODY_BYTES: u32 = 1 << 16;

/// Version, kind, the first number of a sequence, flags, and a plausible length: together they leave little to chance.
fn probe(prefix: &[u8], direction: Direction) -> Probe {
    judge(begins(prefix, direction))
}

fn begins(prefix: &[u8], direction: Direction) -> Option<bool> {
    if !matches!(u8_at(prefix, 0)?, 0xc0 | 0xc1) || !matches!(u8_at(prefix, 1)?, 1..=3) {
        return Some(false);
    }
    let first = match direction {
        Direction::ToServer => 1,
        Direction::ToClient => 2,
    };
    let known = u8_at(prefix, 2)? == first && matches!(u8_at(prefix, 3)?, 0 | 1 | 4 | 5);
    Some(known && (1..=MOST_BODY_BYTES).contains(&u32_be(prefix, 8)?))
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated_within(
        u32_be(prefix, 8).map(|length| (length as usize).saturating_add(HEADER_BYTES)),
        MOST_BODY_BYTES as usize + HEADER_BYTES,
    )
}
