//! OPC UA over TCP (OPC 10000-6 7.1): a kind in three letters, a chunk, a length.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{begins_with_any, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::OpcUa, probe)
    .beginning(First::Of(b"HAR"))
    .framed(pdu)
    .on(&[4840]);

const MOST_BYTES: u32 = 1 << 16;

/// Greetings have less than 64 KiB, so that the upper bytes of their length are zero.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    match begins_with_any(prefix, &[b"HELF", b"ACKF", b"RHEF"]) {
        Probe::Certain => match u32_le(prefix, 4) {
            None => Probe::Unsure,
            Some(length) if (8..MOST_BYTES).contains(&length) => Probe::Certain,
            Some(_) => Probe::NotMine,
        },
        other => other,
    }
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    const MOST_CHUNK_BYTES: usize = 16 << 20;
    PduLength::stated_within(u32_le(prefix, 4).map(|length| length as usize), MOST_CHUNK_BYTES)
}
