//! STUN (RFC 8489 5) and TURN (RFC 8656), which calls begin with.
//!
//! ```text
//! | type 2 | length 2 | cookie 21 12 a4 42 | transaction 12 | attributes: type 2, length 2, value to a multiple of 4 |
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, judge_whole, u8_at, u16_be, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Stun, probe_stream)
    .beginning(First::Range(0, 3))
    .framed(pdu)
    .on(&[3478]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Stun, probe_datagram)
    .beginning(First::Range(0, 3))
    .on(&[3478, 19302]);

const HEADER_BYTES: usize = 20;
const COOKIE: u32 = 0x2112_a442;
const MOST_ATTRIBUTES: usize = 64;
/// Attributes of RFC 3489, one of which every old message with attributes has.
const OLD_ATTRIBUTES: std::ops::RangeInclusive<u16> = 1..=0x000b;

/// The attributes of a message: number (IANA "STUN Attributes") and value.
pub fn attributes(message: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = message.get(HEADER_BYTES..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (u16_be(rest, 0)?, usize::from(u16_be(rest, 2)?));
        let value = rest.get(4..4 + length)?;
        rest = rest.get(4 + length.next_multiple_of(4)..).unwrap_or_default();
        Some((kind, value))
    })
    .take(MOST_ATTRIBUTES)
}

/// The program that SOFTWARE (RFC 8489 14.14) names.
#[must_use]
pub fn software(message: &[u8]) -> Option<&[u8]> {
    const SOFTWARE: u16 = 0x8022;
    attributes(message)
        .find(|(kind, _)| *kind == SOFTWARE)
        .map(|(_, value)| value)
}

fn probe_stream(prefix: &[u8], _: Direction) -> Probe {
    judge(begins(prefix))
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? > 3 {
        return Some(false);
    }
    if !u16_be(prefix, 2)?.is_multiple_of(4) {
        return Some(false);
    }
    Some(u32_be(prefix, 4)? == COOKIE)
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    let length = u16_be(datagram, 2).map(usize::from);
    let whole = length.is_some_and(|length| length + HEADER_BYTES == datagram.len());
    match begins(datagram) {
        Some(true) if whole => Probe::Certain,
        Some(false) if whole => old(datagram),
        _ => Probe::NotMine,
    }
}

/// Messages of RFC 3489, which have no cookie: binding and shared secret.
fn old(datagram: &[u8]) -> Probe {
    if !matches!(
        u16_be(datagram, 0),
        Some(0x0001 | 0x0101 | 0x0111 | 0x0002 | 0x0102 | 0x0112)
    ) {
        return Probe::NotMine;
    }
    if datagram.len() == HEADER_BYTES {
        return Probe::Unsure;
    }
    let walked: usize = attributes(datagram)
        .map(|(_, value)| 4 + value.len().next_multiple_of(4))
        .sum();
    let known = attributes(datagram).any(|(kind, value)| OLD_ATTRIBUTES.contains(&kind) && value.len() >= 4);
    judge_whole(Some(walked + HEADER_BYTES == datagram.len() && known))
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match u8_at(prefix, 0) {
        Some(0..=3) | None => PduLength::stated(u16_be(prefix, 2).map(|length| usize::from(length) + HEADER_BYTES)),
        // Data of a channel (RFC 8656 12.4), padded to a multiple of four.
        Some(0x40..=0x4f) => {
            PduLength::stated(u16_be(prefix, 2).map(|length| (usize::from(length) + 4).next_multiple_of(4)))
        }
        _ => PduLength::Unframed,
    }
}
