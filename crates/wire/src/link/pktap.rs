//! What macOS puts before packets that `tcpdump -i pktap` captures: interface, and the process that they belong to
//! (<https://www.tcpdump.org/linktypes.html>, `LINKTYPE_PKTAP`; Apple, `bsd/net/pktap.h`).
//!
//! ```text
//! | header length 4 | record type 4 | link type 4 | interface name 24 | flags 4 | family 4 | link header and trailer 4 + 4 |
//! | process 4 | command 20 | service class 4 | interface type 2, unit 2 | effective process 4 | effective command 20 | ...
//! ```
//!
//! All numbers are least significant byte first.

use whotalks_bytes::Cursor;
use whotalks_record::LinkType;

use crate::Stop;

/// The header that every version has.
pub const HEADER_BYTES: usize = 108;

/// The longest header that is believed; versions up to now have 156 bytes.
const MOST_HEADER_BYTES: usize = 1024;
/// The record that carries a packet.
const PACKET: u32 = 1;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; HEADER_BYTES]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for a header shorter than it can be, or longer than any; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let header = Self(cursor.array("pktap.header")?);
        let stated = header.word(0);
        let more = usize::try_from(stated)
            .ok()
            .filter(|bytes| *bytes <= MOST_HEADER_BYTES)
            .and_then(|bytes| bytes.checked_sub(HEADER_BYTES));
        let Some(more) = more else {
            return Err(Stop::Malformed {
                field: "pktap.header_length",
                number: stated,
                offset,
            });
        };
        cursor.skip("pktap.more", more)?;
        Ok(header)
    }

    /// Whether a frame begins with such a header, which is told by its length, its kind and its link type.
    #[must_use]
    pub fn is_likely(frame: &'a [u8]) -> bool {
        Self::parse(&mut Cursor::new(frame))
            .is_ok_and(|header| header.carries_packet() && header.word(2) <= u16::MAX.into())
    }

    /// Whether a packet follows.
    #[must_use]
    pub fn carries_packet(&self) -> bool {
        self.word(1) == PACKET
    }

    /// How the packet that follows is to be read.
    #[must_use]
    pub fn link_type(&self) -> Option<LinkType> {
        u16::try_from(self.word(2)).ok().map(LinkType)
    }

    /// The process that sent or will get the packet; none where the system did not know it.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        Some(self.word(13)).filter(|process| *process != u32::MAX)
    }

    /// The word of that number.
    fn word(&self, number: usize) -> u32 {
        let (words, _) = self.0.as_chunks::<4>();
        words.get(number).copied().map_or(0, u32::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(length: u32, kind: u32, process: u32) -> Vec<u8> {
        let mut bytes = vec![0; HEADER_BYTES];
        for (at, word) in [(0, length), (4, kind), (8, 1), (52, process)] {
            bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn the_link_type_and_the_process_are_read() {
        let bytes = [&header(110, 1, 512)[..], &[1, 2, 9]].concat();
        let mut cursor = Cursor::new(&bytes);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(header.link_type(), Some(LinkType(1)));
        assert_eq!((header.process_id(), cursor.rest()), (Some(512), &[9][..]));
        assert!(header.carries_packet() && Header::is_likely(&bytes));
    }

    #[test]
    fn nobody_is_no_process_and_another_length_no_header() {
        let bytes = header(108, 0, u32::MAX);
        let read = Header::parse(&mut Cursor::new(&bytes)).unwrap();
        assert!(read.process_id().is_none() && !read.carries_packet());
        assert!(Header::parse(&mut Cursor::new(&header(107, 1, 1))).is_err());
        assert!(Header::parse(&mut Cursor::new(&header(u32::MAX, 1, 1))).is_err());
        assert!(!Header::is_likely(&bytes));
    }
}
