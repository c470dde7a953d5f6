//! The ClientHello of SSL 2.0, with which older clients open TLS of any version (RFC 5246 E.2).
//!
//! ```text
//! | 0x80 | length 1 | type 1 = 1 | version 2 | cipher bytes 2 | session bytes 2 | challenge bytes 2 | ... |
//! ```

use super::Version;
use crate::app::Probe;

/// The first byte: a header of two bytes, and a message shorter than 256.
pub(super) const FIRST_BYTE: u8 = 0x80;
const CLIENT_HELLO: u8 = 1;
/// Bytes of the header, which the stated length leaves out.
const HEADER_BYTES: usize = 2;
/// Type, version and the three lengths.
const FIXED_BYTES: usize = 9;
/// A cipher specification.
const CIPHER_BYTES: usize = 3;
/// Shortest and longest challenge.
const CHALLENGE_BYTES: std::ops::RangeInclusive<usize> = 16..=32;

/// Whether a side's first bytes are such a hello.
pub(super) fn probe(prefix: &[u8]) -> Probe {
    match prefix {
        [FIRST_BYTE, length, CLIENT_HELLO, rest @ ..] if prefix.len() >= HEADER_BYTES + FIXED_BYTES => {
            judge(usize::from(*length), rest)
        }
        [FIRST_BYTE] | [FIRST_BYTE, _] | [FIRST_BYTE, _, CLIENT_HELLO, ..] => Probe::Unsure,
        _ => Probe::NotMine,
    }
}

/// `rest` begins with the version.
fn judge(length: usize, rest: &[u8]) -> Probe {
    let mut words = rest.as_chunks::<2>().0.iter().map(|word| u16::from_be_bytes(*word));
    let (Some(version), Some(ciphers), Some(session), Some(challenge)) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Probe::Unsure;
    };
    let [ciphers, session, challenge] = [ciphers, session, challenge].map(usize::from);
    let is_version = version == Version::SSL_2_0.0 || (Version::SSL_3_0.0..=Version::TLS_1_2.0).contains(&version);
    let adds_up = length == FIXED_BYTES + ciphers + session + challenge;
    let has_ciphers = ciphers > 0 && ciphers.is_multiple_of(CIPHER_BYTES);
    if is_version && adds_up && has_ciphers && matches!(session, 0 | 16) && CHALLENGE_BYTES.contains(&challenge) {
        Probe::Certain
    } else {
        Probe::NotMine
    }
}

/// How many bytes the message has that begins so; none where it is no such hello.
pub(crate) fn message_bytes(prefix: &[u8]) -> Option<usize> {
    match prefix {
        [FIRST_BYTE, length, CLIENT_HELLO, ..] => Some(usize::from(*length) + HEADER_BYTES),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client that speaks SSL 3.0 and offers two ciphers.
    fn hello() -> Vec<u8> {
        let mut hello = vec![0x80, 9 + 6 + 16, 1, 3, 0, 0, 6, 0, 0, 0, 16];
        hello.extend([0, 0, 4, 1, 0, 0x80]);
        hello.extend([7; 16]);
        hello
    }

    #[test]
    fn lengths_must_add_up() {
        assert_eq!(probe(&hello()), Probe::Certain);
        assert_eq!(message_bytes(&hello()), Some(hello().len()));
        for changed in [1, 3, 6, 8, 10] {
            let mut wrong = hello();
            wrong[changed] ^= 1;
            assert_eq!(probe(&wrong), Probe::NotMine, "{changed}");
        }
    }

    #[test]
    fn a_shorter_beginning_is_not_decided_yet() {
        for end in 1..11 {
            assert_eq!(probe(&hello()[..end]), Probe::Unsure, "{end}");
        }
        assert_eq!(probe(&[0x80, 31, 2]), Probe::NotMine);
        assert_eq!(message_bytes(&[0x80, 31, 2]), None);
    }
}
