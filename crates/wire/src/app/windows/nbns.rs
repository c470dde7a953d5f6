//! NetBIOS name service (RFC 1002 4.2), which has the form of DNS and names of its own.
//!
//! ```text
//! | id 2 | flags 2 | questions 2 | answers 2 | authorities 2 | additionals 2 | 0x20 | 32 letters | 0 | type 2 | class 2 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::read::{array, judge_whole, u16_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::NetbiosName, probe).on(&[137]);

const HEADER_BYTES: usize = 12;
/// Letters of an encoded name: two for each of its 16 bytes (RFC 1001 14.1).
const ENCODED_BYTES: usize = 32;
/// Entries of a section; refreshes and answers carry a few.
const MOST_ENTRIES: u16 = 64;
const RECORD_TYPES: [u16; 5] = [0x000a, 0x0001, 0x0002, 0x0020, 0x0021];

/// A NetBIOS name: 15 characters and what kind of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// The characters, padded with spaces (or with NUL in `*`).
    pub characters: [u8; 15],
    /// The kind: 0x00 workstation, 0x1b domain master browser, 0x20 file server.
    pub suffix: u8,
}

impl Name {
    /// Decodes the 32 letters of the first level encoding.
    #[must_use]
    pub fn decode(letters: &[u8; ENCODED_BYTES]) -> Option<Self> {
        let mut bytes = letters.chunks_exact(2).map(|pair| match pair {
            [high @ b'A'..=b'P', low @ b'A'..=b'P'] => Some(((high - b'A') << 4) | (low - b'A')),
            _ => None,
        });
        let mut characters = [0; 15];
        for character in &mut characters {
            *character = bytes.next()??;
        }
        Some(Self {
            characters,
            suffix: bytes.next()??,
        })
    }

    /// The characters without the padding.
    #[must_use]
    pub fn trimmed(&self) -> &[u8] {
        let end = self.characters.iter().rposition(|byte| !matches!(byte, b' ' | 0));
        self.characters.get(..end.map_or(0, |at| at + 1)).unwrap_or_default()
    }
}

/// Reads the encoded name that begins at `at` with its length byte.
#[must_use]
pub fn name_at(bytes: &[u8], at: usize) -> Option<Name> {
    let length = bytes.get(at)?;
    let letters = array(bytes, at.checked_add(1)?)?;
    (usize::from(*length) == ENCODED_BYTES).then(|| Name::decode(&letters))?
}

/// The name that a message is about.
#[must_use]
pub fn name(datagram: &[u8]) -> Option<Name> {
    name_at(datagram, HEADER_BYTES)
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(message(datagram))
}

fn message(datagram: &[u8]) -> Option<bool> {
    let opcode = (u16_be(datagram, 2)? >> 11) & 0xf;
    let (questions, answers) = (u16_be(datagram, 4)?, u16_be(datagram, 6)?);
    let named = name(datagram).is_some();
    let record_type = u16_be(datagram, HEADER_BYTES + ENCODED_BYTES + 2)?;
    let known = matches!(opcode, 0 | 5..=9 | 15) && RECORD_TYPES.contains(&record_type);
    Some(named && known && questions <= 1 && (1..=MOST_ENTRIES).contains(&(questions.saturating_add(answers))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_decoded_with_its_kind() {
        let name = Name::decode(b"FHEPFCELEHFCEPFFFACACACACACACABL").unwrap();
        assert_eq!((name.trimmed(), name.suffix), (&b"WORKGROUP"[..], 0x1b));
        assert_eq!(Name::decode(b"ZHEPFCELEHFCEPFFFACACACACACACABL"), None);
    }
}
