//! Cisco FabricPath: a whole Ethernet frame behind an outer header with the addresses of switches (Cisco, "FabricPath Switching
//! Configuration Guide": "FabricPath Encapsulation").
//!
//! ```text
//! | destination switch 6 | source switch 6 | 0x8903 2 | forwarding tag 10 bit, time to live 6 bit | Ethernet ...
//! ```

use whotalks_bytes::Cursor;

use super::{EtherType, ethernet};
use crate::Stop;

/// Bits of the time to live, behind the tag.
const TTL_BITS: u16 = 6;

/// The outer header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; ethernet::HEADER_BYTES + 2]);

impl<'a> Header<'a> {
    /// Whether a frame begins with such a header.
    #[inline]
    #[must_use]
    pub const fn is_announced(frame: &[u8]) -> bool {
        let [high, low] = EtherType::FABRIC_PATH.0.to_be_bytes();
        matches!(frame, [_, _, _, _, _, _, _, _, _, _, _, _, first, second, ..] if *first == high && *second == low)
    }

    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("cfp.header")?))
    }

    /// The tree or topology that the frame is forwarded by.
    #[must_use]
    pub const fn forwarding_tag(&self) -> u16 {
        let [.., high, low] = *self.0;
        u16::from_be_bytes([high, low]) >> TTL_BITS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_lies_behind_both_switches() {
        let bytes = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x89, 0x03, 0x00, 0x60, 9];
        let mut cursor = Cursor::new(&bytes);
        assert!(Header::is_announced(&bytes) && !Header::is_announced(&bytes[..13]));
        assert_eq!(Header::parse(&mut cursor).unwrap().forwarding_tag(), 1);
        assert_eq!(cursor.rest(), [9]);
    }
}
