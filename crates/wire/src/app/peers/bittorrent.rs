//! BitTorrent between peers (BEP 3).
//!
//! ```text
//! handshake | 19 | "BitTorrent protocol" | extensions 8 | info hash 20 | peer 20 |        message | length 4 | kind 1 | ... |
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{array, begins_with_any, same, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::BitTorrent, probe)
    .beginning(First::Of(&[19]))
    .framed(pdu)
    .on(&[6881]);

pub(crate) const SIGNATURE: &[u8] = b"\x13BitTorrent protocol";
const HANDSHAKE_BYTES: usize = 68;
/// A block has 16 KiB; a bit field of a large torrent some hundred.
const MOST_MESSAGE_BYTES: usize = 1 << 20;

/// What a handshake says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handshake {
    /// What is shared: the SHA-1 of its description.
    pub info_hash: [u8; 20],
    /// The peer, whose first bytes name the program and its version (BEP 20).
    pub peer: [u8; 20],
}

/// Reads a handshake; none where it is none or not complete.
#[must_use]
pub fn handshake(prefix: &[u8]) -> Option<Handshake> {
    same(prefix, 0, SIGNATURE)?.then_some(Handshake {
        info_hash: array(prefix, 28)?,
        peer: array(prefix, 48)?,
    })
}

fn probe(prefix: &[u8], _: Direction) -> Probe {
    begins_with_any(prefix, &[SIGNATURE])
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match same(prefix, 0, SIGNATURE) {
        Some(true) => PduLength::Known(HANDSHAKE_BYTES),
        None => PduLength::NeedMore,
        Some(false) => PduLength::stated_within(
            u32_be(prefix, 0).map(|length| (length as usize).saturating_add(4)),
            MOST_MESSAGE_BYTES,
        ),
    }
}
