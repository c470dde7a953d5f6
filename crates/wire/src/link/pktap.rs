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
use whotalks_record::{Direction, LinkType};

use super::{PKTAP, USER2};
use crate::Stop;

/// The header that every version has.
pub const HEADER_BYTES: usize = 108;

/// The longest header that is believed; versions up to now have 156 bytes.
const MOST_HEADER_BYTES: usize = 1024;
/// The record that carries a packet.
const PACKET: u32 = 1;
/// The packet came in (`PTH_FLAG_DIR_IN`).
const INBOUND: u32 = 1;
/// The packet went out (`PTH_FLAG_DIR_OUT`).
const OUTBOUND: u32 = 2;
/// Bytes of a name that the system keeps at most (`MAXCOMLEN`).
const NAME_BYTES: usize = 16;

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

    /// The name of that process, without a path, cut where it has
    /// [`whotalks_record::NamedProcess::CUT_NAME_BYTES`] or more; none where the system did not know it.
    #[must_use]
    pub fn command(&self) -> Option<&'a [u8]> {
        self.name(56)
    }

    /// The process that the socket was handed to by the other one, which acts for it; none where there is none.
    #[must_use]
    pub fn effective_process_id(&self) -> Option<u32> {
        Some(self.word(21)).filter(|process| *process != u32::MAX)
    }

    /// The name of that process, as [`Self::command`].
    #[must_use]
    pub fn effective_command(&self) -> Option<&'a [u8]> {
        self.name(88)
    }

    /// Which way the packet went; none where the header says neither or both.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        match self.word(9) & (INBOUND | OUTBOUND) {
            INBOUND => Some(Direction::Inbound),
            OUTBOUND => Some(Direction::Outbound),
            _ => None,
        }
    }

    /// The name that begins at `at` and ends with a zero byte.
    fn name(&self, at: usize) -> Option<&'a [u8]> {
        let field = self.0.get(at..)?.get(..NAME_BYTES)?;
        field.split(|byte| *byte == 0).next().filter(|name| !name.is_empty())
    }

    /// The word of that number.
    fn word(&self, number: usize) -> u32 {
        let (words, _) = self.0.as_chunks::<4>();
        words.get(number).copied().map_or(0, u32::from_le_bytes)
    }
}

/// Whether frames of a link type may begin with such a header.
#[inline]
#[must_use]
pub const fn may_begin(link_type: LinkType) -> bool {
    matches!(link_type, PKTAP | USER2)
}

/// The header that a whole frame begins with, under either of its link types; none for every other frame.
#[inline]
#[must_use]
pub fn outermost(link_type: LinkType, frame: &[u8]) -> Option<Header<'_>> {
    let is_tapped = link_type == PKTAP || (link_type == USER2 && Header::is_likely(frame));
    is_tapped.then(|| Header::parse(&mut Cursor::new(frame)).ok())?
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

    #[test]
    fn both_processes_and_the_way_of_the_packet_are_told() {
        let mut bytes = header(108, 1, 512);
        bytes[36] = 2;
        bytes[56..73].copy_from_slice(b"com.apple.WebKit\0");
        bytes[84..88].copy_from_slice(&77u32.to_le_bytes());
        bytes[88..94].copy_from_slice(b"Safari");
        let header = outermost(USER2, &bytes).unwrap();
        assert_eq!(header.command(), Some(&b"com.apple.WebKit"[..]));
        assert_eq!(header.effective_command(), Some(&b"Safari"[..]));
        assert_eq!(header.effective_process_id(), Some(77));
        assert_eq!(header.direction(), Some(Direction::Outbound));
        bytes[36] = 3;
        assert_eq!(outermost(PKTAP, &bytes).unwrap().direction(), None);
        assert_eq!(outermost(LinkType(1), &bytes), None);
    }

    #[test]
    fn without_names_none_are_made_up() {
        let bytes = header(108, 1, u32::MAX);
        let header = outermost(PKTAP, &bytes).unwrap();
        assert_eq!((header.command(), header.effective_command()), (None, None));
    }
}
