//! NetBIOS session service (RFC 1002 4.3), and the four bytes before each message of SMB over TCP.
//!
//! ```text
//! | type 1 | length 3 | a session request: | called name 34 | calling name 34 |
//! ```

use whotalks_record::ApplicationProtocol;

use super::nbns;
use crate::app::pdu::PduLength;
use crate::app::read::{judge, same, u8_at, u24_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::NetbiosSession, probe)
    .beginning(First::Range(0x81, 0x85))
    .framed(pdu)
    .on(&[139]);

/// Bytes before each message.
pub const HEADER_BYTES: usize = 4;
/// A session message.
pub const MESSAGE: u8 = 0;
const REQUEST: u8 = 0x81;
const KEEP_ALIVE: u8 = 0x85;

/// The names in a session request: who is called, and who calls.
#[must_use]
pub fn session_names(prefix: &[u8]) -> Option<(nbns::Name, nbns::Name)> {
    const NAME_BYTES: usize = 34;
    let is_request = u8_at(prefix, 0)? == REQUEST;
    let called = nbns::name_at(prefix, HEADER_BYTES)?;
    let calling = nbns::name_at(prefix, HEADER_BYTES + NAME_BYTES)?;
    is_request.then_some((called, calling))
}

/// Only a request has enough to be sure of; the answers are four bytes.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    match u8_at(prefix, 0) {
        Some(REQUEST) => judge(request(prefix)),
        // Granted, refused with a reason, sent elsewhere.
        Some(0x82) => short(prefix, &[0x82, 0, 0, 0]),
        Some(0x83) => short(prefix, &[0x83, 0, 0, 1]),
        Some(0x84) => short(prefix, &[0x84, 0, 0, 6]),
        _ => Probe::NotMine,
    }
}

fn request(prefix: &[u8]) -> Option<bool> {
    if !same(prefix, 1, &[0, 0, 68, 0x20])? {
        return Some(false);
    }
    let letters = prefix.get(HEADER_BYTES + 1..).unwrap_or_default();
    let all_letters = letters.iter().take(32).all(|letter| matches!(letter, b'A'..=b'P'));
    if all_letters && letters.len() < 32 {
        None
    } else {
        Some(all_letters)
    }
}

fn short(prefix: &[u8], expected: &[u8]) -> Probe {
    match same(prefix, 0, expected) {
        Some(false) => Probe::NotMine,
        _ => Probe::Unsure,
    }
}

/// Header and message.
pub(crate) fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match u8_at(prefix, 0) {
        Some(MESSAGE | REQUEST..=KEEP_ALIVE) | None => {
            PduLength::stated(u24_be(prefix, 1).map(|length| length as usize + HEADER_BYTES))
        }
        _ => PduLength::Unframed,
    }
}
