//! Service Location Protocol 2 (RFC 2608 8).

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u8_at, u16_be, u24_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Slp, probe)
    .beginning(First::Of(&[2]))
    .on(&[427]);

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(message(datagram))
}

/// Version, function, length, and a language of letters and dashes.
fn message(datagram: &[u8]) -> Option<bool> {
    const MOST_LANGUAGE_BYTES: usize = 16;
    let head = u8_at(datagram, 0)? == 2 && matches!(u8_at(datagram, 1)?, 1..=11);
    let whole = u24_be(datagram, 2)? as usize == datagram.len();
    let language_bytes = usize::from(u16_be(datagram, 12)?);
    let language = datagram.get(14..14 + language_bytes.min(MOST_LANGUAGE_BYTES))?;
    let letters = language.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
    Some(head && whole && (2..=MOST_LANGUAGE_BYTES).contains(&language_bytes) && letters)
}
