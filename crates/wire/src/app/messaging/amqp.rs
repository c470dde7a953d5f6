//! AMQP 0-9-1 and 1.0: the client begins with four letters and a version.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{begins_with_any, same, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Amqp, probe)
    .beginning(First::Of(b"A"))
    .framed(pdu)
    .on(&[5672]);

const SIGNATURE: &[u8] = b"AMQP";
const SIGNATURE_BYTES: usize = 8;
const MOST_FRAME_BYTES: usize = 16 << 20;

fn probe(prefix: &[u8], _: Direction) -> Probe {
    begins_with_any(prefix, &[b"AMQP\0", b"AMQP\x01", b"AMQP\x02", b"AMQP\x03"])
}

/// Frames of 0-9-1: kind, channel 2, length 4, payload, end.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match same(prefix, 0, SIGNATURE) {
        Some(true) => PduLength::Known(SIGNATURE_BYTES),
        None => PduLength::NeedMore,
        Some(false) => PduLength::stated_within(
            u32_be(prefix, 3).map(|length| (length as usize).saturating_add(8)),
            MOST_FRAME_BYTES,
        ),
    }
}
