//! GRE (RFC 2784, RFC 2890) and its PPTP variant (RFC 2637).
//!
//! ```text
//! | flags, version 2 | EtherType 2 | checksum 4, if C | routing .., if R | key 4, if K | sequence 4, if S | ack 4, if v1 and A |
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;
use crate::link::EtherType;

mod field {
    use whotalks_bytes::fixed::U16;
    pub(super) const FLAGS: U16<0> = U16;
    pub(super) const ETHER_TYPE: U16<2> = U16;
}

/// The UDP port that it is sent to in UDP (RFC 8086).
pub const UDP_PORT: u16 = 4754;

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGMENT: u16 = 0x0080;
const VERSION_MASK: u16 = 0x0007;
/// The optional words in their order, by the flags that announce them.
const OPTIONAL_WORDS: [u16; 4] = [CHECKSUM, KEY, SEQUENCE, ACKNOWLEDGMENT];

/// A GRE header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; 4],
    optional: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the header with its optional words.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for source routing or a version above 1; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let fixed = cursor.array("gre.header")?;
        let flags = field::FLAGS.be(fixed);
        if flags & ROUTING != 0 || flags & VERSION_MASK > 1 {
            return Err(Stop::Unknown {
                field: "gre.flags",
                number: flags.into(),
                offset,
            });
        }
        let words = OPTIONAL_WORDS.into_iter().filter(|word| flags & word != 0).count();
        let optional = cursor.slice("gre.optional", words * 4)?;
        Ok(Self { fixed, optional })
    }

    /// The flags and, in the lowest three bits, the version.
    #[must_use]
    pub const fn flags(&self) -> u16 {
        field::FLAGS.be(self.fixed)
    }

    /// 0, or 1 for the variant that PPTP uses.
    #[must_use]
    pub const fn version(&self) -> u8 {
        (self.flags() & VERSION_MASK) as u8
    }

    /// What follows.
    #[must_use]
    pub const fn protocol(&self) -> EtherType {
        EtherType(field::ETHER_TYPE.be(self.fixed))
    }

    /// The checksum, if there is one.
    #[must_use]
    pub fn checksum(&self) -> Option<u16> {
        // The upper half of the word; the lower one is the offset of a source route.
        self.word(CHECKSUM).map(|word| (word >> 16) as u16)
    }

    /// The key, if there is one. PPTP puts the payload's length into its upper and the call into its lower half.
    #[must_use]
    pub fn key(&self) -> Option<u32> {
        self.word(KEY)
    }

    /// The sequence number, if there is one.
    #[must_use]
    pub fn sequence(&self) -> Option<u32> {
        self.word(SEQUENCE)
    }

    /// The acknowledgment number of PPTP, if there is one.
    #[must_use]
    pub fn acknowledgment(&self) -> Option<u32> {
        self.word(ACKNOWLEDGMENT)
    }

    /// The optional word that `flag` announces.
    fn word(&self, flag: u16) -> Option<u32> {
        let flags = self.flags();
        if flags & flag == 0 {
            return None;
        }
        let before = OPTIONAL_WORDS.into_iter().take_while(|word| *word != flag);
        let place = before.filter(|word| flags & word != 0).count();
        let bytes = self.optional.get(place * 4..)?.first_chunk()?;
        Some(u32::from_be_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(Header<'_>, u64), Stop> {
        let mut cursor = Cursor::new(bytes);
        Ok((Header::parse(&mut cursor)?, cursor.offset()))
    }

    #[test]
    fn a_header_may_have_no_optional_word() {
        let (header, end) = read(&[0, 0, 0x08, 0x00]).unwrap();
        assert_eq!((header.protocol(), header.version(), end), (EtherType::IPV4, 0, 4));
        assert_eq!((header.checksum(), header.key(), header.sequence()), (None, None, None));
    }

    #[test]
    fn every_optional_word_is_found_at_its_place() {
        let (header, end) = read(&[0xb0, 0, 0x86, 0xdd, 1, 1, 0, 0, 2, 2, 2, 2, 3, 3, 3, 3]).unwrap();
        assert_eq!(end, 16);
        assert_eq!(
            (header.checksum(), header.key(), header.sequence()),
            (Some(0x0101), Some(0x0202_0202), Some(0x0303_0303))
        );
        let (header, end) = read(&[0x20, 0x81, 0x88, 0x0b, 0, 0, 0, 5, 0, 0, 0, 9]).unwrap();
        assert_eq!((header.protocol(), header.version(), end), (EtherType::PPP, 1, 12));
        assert_eq!((header.sequence(), header.acknowledgment()), (None, Some(9)));
    }

    #[test]
    fn source_routing_is_not_read() {
        assert!(matches!(
            read(&[0x40, 0, 8, 0]),
            Err(Stop::Unknown { field: "gre.flags", .. })
        ));
    }
}
