//! Cassandra (CQL native protocol 3 to 5): a version, flags, a stream, an operation, a length.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, same, u8_at, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Cassandra, probe)
    .beginning(First::Range(3, 5))
    .framed(pdu)
    .on(&[9042]);

const HEADER_BYTES: usize = 9;
const STARTUP: u8 = 1;
const OPTIONS: u8 = 5;
const MOST_FRAME_BYTES: usize = 256 << 20;

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToServer => judge(begins(prefix)),
        Direction::ToClient => Probe::NotMine,
    }
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if !(3..=5).contains(&u8_at(prefix, 0)?) {
        return Some(false);
    }
    if u8_at(prefix, 1)? & 0xe0 != 0 {
        return Some(false);
    }
    match u8_at(prefix, 4)? {
        OPTIONS => Some(u32_be(prefix, 5)? == 0),
        // A map whose first key is the version or the compression.
        STARTUP => Some(same(prefix, 11, b"\0\x0bC")?),
        _ => Some(false),
    }
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated_within(
        u32_be(prefix, 5).map(|length| (length as usize).saturating_add(HEADER_BYTES)),
        MOST_FRAME_BYTES,
    )
}
