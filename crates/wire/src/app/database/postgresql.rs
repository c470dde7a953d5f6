//! PostgreSQL's protocol 3: the start-up message of the client, or its wish for encryption.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, u8_at, u32_be, until_nul};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::PostgreSql, probe)
    .framed(pdu)
    .on(&[5432])
    .upgrading();

/// Version 3.0 and what stands in its place: cancel, TLS, GSS.
const VERSION_3: u32 = 3 << 16;
const CANCEL: u32 = 80_877_102;
const WANTS_TLS: u32 = 80_877_103;
const WANTS_GSS: u32 = 80_877_104;
const MOST_STARTUP_BYTES: u32 = 10_000;
const MOST_MESSAGE_BYTES: usize = 16 << 20;
const MOST_PARAMETERS: usize = 64;

/// The parameters of a start-up message: `user`, `database`, `application_name`.
pub fn parameters(message: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = message.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let name = until_nul(rest).filter(|name| !name.is_empty())?;
        let after = rest.get(name.len() + 1..)?;
        let value = until_nul(after)?;
        rest = after.get(value.len() + 1..)?;
        Some((name, value))
    })
    .take(MOST_PARAMETERS)
}

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToServer => judge(begins(prefix)),
        Direction::ToClient => Probe::NotMine,
    }
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? != 0 {
        return Some(false);
    }
    let length = u32_be(prefix, 0)?;
    match u32_be(prefix, 4)? {
        WANTS_TLS | WANTS_GSS => Some(length == 8),
        CANCEL => Some(length == 16),
        // The first parameter's name is a lower-case word.
        version if version >> 16 == VERSION_3 >> 16 => {
            Some((9..=MOST_STARTUP_BYTES).contains(&length) && u8_at(prefix, 8)?.is_ascii_lowercase())
        }
        _ => Some(false),
    }
}

/// A start-up message has no kind before its length. The answer to a wish for encryption is one letter, which is told from a
/// message once TLS begins behind it, or the server goes on without.
fn pdu(prefix: &[u8], direction: Direction) -> PduLength {
    const HANDSHAKE: u8 = 22;
    if direction == Direction::ToClient && matches!(prefix, [b'S', HANDSHAKE, 3, ..] | [b'N', b'R' | b'E', 0, ..]) {
        return PduLength::Known(1);
    }
    let length = match u8_at(prefix, 0) {
        Some(0) => u32_be(prefix, 0).map(|length| length as usize),
        _ => u32_be(prefix, 1).map(|length| (length as usize).saturating_add(1)),
    };
    PduLength::stated_within(length, MOST_MESSAGE_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_to_a_wish_for_tls_is_one_letter() {
        assert_eq!(pdu(b"S", Direction::ToClient), PduLength::NeedMore);
        assert_eq!(pdu(b"NR\0\0\0\x08", Direction::ToClient), PduLength::Known(1));
        assert_eq!(pdu(b"S\x16\x03\x03\0\x7a", Direction::ToClient), PduLength::Known(1));
        assert_eq!(pdu(b"S\0\0\0\x0a", Direction::ToClient), PduLength::Known(11));
        assert_eq!(pdu(b"S\x16\x03\x03\0", Direction::ToServer), PduLength::Unframed);
    }
}
