//! QUIC (RFC 9000, RFC 9001, RFC 9369, drafts 23 to 34) as far as an onlooker can read it, and Google's QUIC before it.
//!
//! | file | what it holds |
//! |---|---|
//! | `version` | versions, and what differs between them |
//! | `packet` | packets of a datagram, which may hold several |
//! | `keys` | the keys of Initial packets, which follow from a connection identifier that all can see |
//! | `frame` | frames of an opened packet |
//! | `crypto` | the handshake put together from CRYPTO frames |
//! | `google` | the hello of Google's QUIC |
//!
//! ```text
//! datagram ── packets() ──> Initial ── open(keys) ──> Plaintext ── frames() ──> CRYPTO ──> CryptoStream ──> tls::messages()
//! ```

mod crypto;
mod frame;
pub mod google;
mod keys;
mod packet;
mod version;

pub use crypto::CryptoStream;
pub use frame::{Frame, Frames, frames};
pub use keys::{InitialKeys, Plaintext, Sender};
pub use packet::{Initial, LongHeader, Packet, Packets, Protected, Retry, packets};
pub use version::Version;

use super::{Direction, Probe};

/// A client pads the datagram of an Initial packet to this length (RFC 9000 14.1), servers those that a client must answer.
pub const LEAST_INITIAL_BYTES: usize = 1200;

/// Whether a datagram is QUIC. Packets with a short header say nothing of themselves, so only a connection that shows a long
/// one is found.
#[must_use]
pub fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    if google::version(datagram).is_some() {
        return Probe::Certain;
    }
    match packets(datagram).next() {
        Some(Packet::Initial(initial)) if initial.is_complete() => Probe::Certain,
        Some(Packet::Initial(_)) => Probe::Unsure,
        Some(Packet::ZeroRtt(_) | Packet::Handshake(_) | Packet::Retry(_)) => Probe::Certain,
        Some(Packet::VersionNegotiation { versions, .. }) => probe_versions(versions),
        Some(Packet::OtherVersion(header)) if header.version.is_reserved() => Probe::Certain,
        Some(Packet::OtherVersion(_) | Packet::Short(_)) | None => Probe::NotMine,
    }
}

/// A list of versions counts when a known one is in it.
fn probe_versions(versions: &[u8]) -> Probe {
    let mut list = versions
        .as_chunks()
        .0
        .iter()
        .map(|bytes| Version(u32::from_be_bytes(*bytes)));
    if versions.len().is_multiple_of(4) && list.any(|version| version.is_known() || version.is_reserved()) {
        Probe::Certain
    } else {
        Probe::NotMine
    }
}

#[cfg(test)]
mod tests;
