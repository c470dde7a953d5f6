//! MongoDB: a header of four numbers, little-endian, and the operation.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, u8_at, u32_le};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::MongoDb, probe)
    .framed(pdu)
    .on(&[27017]);

const HEADER_BYTES: u32 = 16;
const MOST_MESSAGE_BYTES: u32 = 48_000_000;
const REPLY: u32 = 1;
const QUERY: u32 = 2004;
const COMPRESSED: u32 = 2012;
const MESSAGE: u32 = 2013;
/// Flags of a message: checksum, more to come, exhaust allowed.
const MESSAGE_FLAGS: u32 = 0x0001_0003;

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    judge(begins(prefix, direction))
}

fn begins(prefix: &[u8], direction: Direction) -> Option<bool> {
    let length = u32_le(prefix, 0)?;
    if !(HEADER_BYTES..=MOST_MESSAGE_BYTES).contains(&length) {
        return Some(false);
    }
    let answers = u32_le(prefix, 8)?;
    if direction == Direction::ToServer && answers != 0 {
        return Some(false);
    }
    match u32_le(prefix, 12)? {
        // A question about a collection, whose name has a dot.
        QUERY => Some(u32_le(prefix, 16)? < 0x100 && u8_at(prefix, 20)?.is_ascii_alphanumeric()),
        MESSAGE => Some(u32_le(prefix, 16)? & !MESSAGE_FLAGS == 0 && u8_at(prefix, 20)? <= 1),
        COMPRESSED => Some(matches!(u32_le(prefix, 16)?, QUERY | MESSAGE)),
        REPLY => Some(direction == Direction::ToClient && u32_le(prefix, 16)? <= 0x0f && answers != 0),
        _ => Some(false),
    }
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated_within(
        u32_le(prefix, 0).map(|length| length as usize),
        MOST_MESSAGE_BYTES as usize,
    )
}
