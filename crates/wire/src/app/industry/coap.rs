//! CoAP (RFC 7252 3): options that must add up; a question that names a path proves it.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Coap, probe)
    .beginning(First::Range(0x40, 0x7f))
    .on(&[5683]);

const MOST_OPTIONS: usize = 64;
const PAYLOAD_MARKER: u8 = 0xff;
/// Options in use (RFC 7252 12.2, RFC 7959, RFC 7641).
const KNOWN_OPTIONS: [u16; 20] = [1, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 17, 20, 23, 27, 28, 35, 39, 60, 258];
const URI_PATH: u16 = 11;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    match walk(datagram) {
        Some(true) => Probe::Certain,
        Some(false) => Probe::Unsure,
        None => Probe::NotMine,
    }
}

/// Whether a path in text is asked for; none where the message is not sound.
fn walk(datagram: &[u8]) -> Option<bool> {
    let first = u8_at(datagram, 0).filter(|first| first >> 6 == 1)?;
    let (token_bytes, code) = (usize::from(first & 0x0f), u8_at(datagram, 1)?);
    let is_question = matches!(code, 1..=7);
    if token_bytes > 8 || !(is_question || matches!(code >> 5, 2 | 4 | 5) || code == 0 && datagram.len() == 4) {
        return None;
    }
    let mut rest = datagram.get(4 + token_bytes..)?;
    let (mut number, mut has_path) = (0u16, false);
    for _ in 0..MOST_OPTIONS {
        if rest.is_empty() || u8_at(rest, 0) == Some(PAYLOAD_MARKER) && rest.len() > 1 {
            return Some(is_question && has_path);
        }
        let (delta, value, after) = option(rest)?;
        number = number
            .checked_add(delta)
            .filter(|number| KNOWN_OPTIONS.contains(number))?;
        has_path |= number == URI_PATH && !value.is_empty() && value.iter().all(u8::is_ascii_graphic);
        rest = after;
    }
    None
}

/// The difference of its number, its value, and what follows.
fn option(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let first = u8_at(bytes, 0)?;
    let (delta, after) = nibble(first >> 4, bytes.get(1..)?)?;
    let (length, after) = nibble(first & 0x0f, after)?;
    let (value, after) = after.split_at_checked(length.into())?;
    Some((delta, value, after))
}

/// A number of four bits that may be continued in one or two bytes.
fn nibble(nibble: u8, bytes: &[u8]) -> Option<(u16, &[u8])> {
    match nibble {
        0..=12 => Some((nibble.into(), bytes)),
        13 => Some((u16::from(u8_at(bytes, 0)?) + 13, bytes.get(1..)?)),
        14 => Some((u16_be(bytes, 0)?.checked_add(269)?, bytes.get(2..)?)),
        _ => None,
    }
}
