//! VNC (RFC 6143 7.1.1): both sides begin with their version.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{begins_with_any, same};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Vnc, probe)
    .beginning(First::Of(b"R"))
    .framed(pdu)
    .on(&[5900, 5901]);

const VERSION_BYTES: usize = 12;

/// The version, as `003.008`.
#[must_use]
pub fn version(prefix: &[u8]) -> Option<&[u8]> {
    same(prefix, 0, b"RFB ")?.then(|| prefix.get(4..VERSION_BYTES - 1))?
}

fn probe(prefix: &[u8], _: Direction) -> Probe {
    begins_with_any(prefix, &[b"RFB 003.", b"RFB 004.", b"RFB 005."])
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match same(prefix, 0, b"RFB ") {
        Some(true) => PduLength::Known(VERSION_BYTES),
        Some(false) => PduLength::Unframed,
        None => PduLength::NeedMore,
    }
}
