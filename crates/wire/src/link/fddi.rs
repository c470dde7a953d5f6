//! FDDI (ANSI INCITS 239; <https://www.tcpdump.org/linktypes.html>).
//!
//! ```text
//! | frame control 1 | destination 6 | source 6 | IEEE 802.2 ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

/// Class and format in the frame control, without priority; asynchronous and synchronous frames of IEEE 802.2.
const KIND_MASK: u8 = 0xf0;
const ASYNCHRONOUS: u8 = 0x50;
const SYNCHRONOUS: u8 = 0xd0;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 13]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("fddi.header")?))
    }

    /// What kind of frame it is.
    #[must_use]
    pub const fn control(&self) -> u8 {
        let [control, ..] = *self.0;
        control
    }

    /// Whether IEEE 802.2 follows, and nothing of the ring's own.
    #[must_use]
    pub const fn carries_llc(&self) -> bool {
        matches!(self.control() & KIND_MASK, ASYNCHRONOUS | SYNCHRONOUS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_the_ring_carry_no_packet() {
        let mut bytes = [0; 13];
        for (control, expected) in [(0x50, true), (0x57, true), (0xd0, true), (0xc2, false)] {
            bytes[0] = control;
            assert_eq!(Header::parse(&mut Cursor::new(&bytes)).unwrap().carries_llc(), expected);
        }
    }
}
