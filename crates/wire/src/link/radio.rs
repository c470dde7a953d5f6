//! What radio receivers put before a frame of IEEE 802.11: radiotap, Prism, AVS and PPI.
//!
//! ```text
//! radiotap | version 1 | padding 1 | length 2 le | present 4 le, more while bit 31 | fields ... |
//! Prism    | message 4 | length 4 | device 16 | fields ... |
//! AVS      | magic and version 4 be | length 4 be | fields ... |
//! PPI      | version 1 | flags 1 | length 2 le | link type 4 le | fields ... |
//! ```
//!
//! Radiotap: <https://www.radiotap.org>; AVS: <https://www.tcpdump.org/linktypes/LINKTYPE_IEEE802_11_AVS.html>; PPI:
//! <https://www.tcpdump.org/linktypes/LINKTYPE_PPI.html>.

use whotalks_bytes::Cursor;
use whotalks_record::LinkType;

use crate::Stop;

/// Bytes of radiotap's fixed part.
const RADIOTAP_BYTES: usize = 8;
/// The bit of a present word that says that another one follows.
const ANOTHER_WORD: u32 = 0x8000_0000;
/// The present bit of the time, which has eight bytes and begins at a multiple of eight.
const HAS_TIME: u32 = 0x01;
/// The present bit of the flags.
const HAS_FLAGS: u32 = 0x02;
/// How many present words are followed; drivers write up to one per antenna.
const MOST_PRESENT_WORDS: usize = 32;
/// The flag of a frame that ends in a checksum.
const FLAG_CHECKSUM: u8 = 0x10;
/// The flag of a frame whose header is padded to a multiple of four.
const FLAG_PADDED: u8 = 0x20;
/// The first bits of an AVS magic number.
const AVS_MAGIC: u32 = 0x8021_1000;
/// The bits of it that are the version.
const AVS_VERSION_MASK: u32 = 0x0fff;
/// The longest Prism header believed; they have 144 bytes.
const MOST_PRISM_BYTES: u32 = 4096;

/// A radiotap header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Radiotap<'a>(&'a [u8]);

impl<'a> Radiotap<'a> {
    /// Reads the header with its fields.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for another version; [`Stop::Malformed`] for an impossible length; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let mut ahead = *cursor;
        let [version, _, low, high, ..] = *ahead.array::<RADIOTAP_BYTES>("radiotap.header")?;
        let length = u16::from_le_bytes([low, high]);
        if version != 0 {
            let number = version.into();
            return Err(Stop::Unknown {
                field: "radiotap.version",
                number,
                offset,
            });
        }
        if usize::from(length) < RADIOTAP_BYTES {
            let number = length.into();
            return Err(Stop::Malformed {
                field: "radiotap.length",
                number,
                offset,
            });
        }
        Ok(Self(cursor.slice("radiotap.fields", length.into())?))
    }

    /// Bytes of the header with its fields.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.0.len()
    }

    /// Which fields there are, by their bits; the first of the words.
    #[must_use]
    pub fn present(&self) -> u32 {
        self.word(0).unwrap_or_default()
    }

    fn word(&self, number: usize) -> Option<u32> {
        let at = (number + 1).checked_mul(4)?;
        self.0.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// The flags field, if there is one.
    #[must_use]
    pub fn flags(&self) -> Option<u8> {
        let present = self.present();
        if present & HAS_FLAGS == 0 {
            return None;
        }
        let is_last = |number: &usize| self.word(*number).is_none_or(|word| word & ANOTHER_WORD == 0);
        let last = (0..MOST_PRESENT_WORDS).find(is_last)?;
        let fields = (last + 2) * 4;
        let at = if present & HAS_TIME == 0 {
            fields
        } else {
            fields.next_multiple_of(8) + 8
        };
        self.0.get(at).copied()
    }

    /// Whether the frame ends in a checksum of four bytes.
    #[must_use]
    pub fn has_checksum(&self) -> bool {
        self.flags().is_some_and(|flags| flags & FLAG_CHECKSUM != 0)
    }

    /// Whether the header of 802.11 is padded to a multiple of four bytes.
    #[must_use]
    pub fn is_padded(&self) -> bool {
        self.flags().is_some_and(|flags| flags & FLAG_PADDED != 0)
    }
}

/// A Prism header, or an AVS header in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prism<'a> {
    is_avs: bool,
    bytes: &'a [u8],
}

impl<'a> Prism<'a> {
    /// Reads the header with its fields. Prism is in the byte order of the machine that captured.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for an impossible length; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let mut ahead = *cursor;
        let message = ahead.u32_be("prism.message")?;
        let length = ahead.u32_be("prism.length")?;
        let is_avs = message & !AVS_VERSION_MASK == AVS_MAGIC;
        let length = if is_avs {
            length
        } else {
            length.min(length.swap_bytes())
        };
        if !(8..=MOST_PRISM_BYTES).contains(&length) {
            return Err(Stop::Malformed {
                field: "prism.length",
                number: length,
                offset,
            });
        }
        let bytes = cursor.slice("prism.fields", length as usize)?;
        Ok(Self { is_avs, bytes })
    }

    /// Whether it is an AVS header.
    #[must_use]
    pub const fn is_avs(&self) -> bool {
        self.is_avs
    }

    /// Bytes of the header with its fields.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.bytes.len()
    }
}

/// A PPI header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ppi<'a>(&'a [u8]);

impl<'a> Ppi<'a> {
    /// Reads the header with its fields.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for an impossible length; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let mut ahead = *cursor;
        let [_, _, low, high, ..] = *ahead.array::<8>("ppi.header")?;
        let length = u16::from_le_bytes([low, high]);
        if length < 8 {
            let number = length.into();
            return Err(Stop::Malformed {
                field: "ppi.length",
                number,
                offset,
            });
        }
        Ok(Self(cursor.slice("ppi.fields", length.into())?))
    }

    /// How to read what follows.
    #[must_use]
    pub fn link_type(&self) -> LinkType {
        let bytes = self.0.get(4..).and_then(<[u8]>::first_chunk::<2>);
        LinkType(bytes.map_or(u16::MAX, |bytes| u16::from_le_bytes(*bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radiotap_flags_lie_behind_all_present_words_and_the_time() {
        let plain = [0, 0, 9, 0, 2, 0, 0, 0, 0x10, 0xff];
        let mut cursor = Cursor::new(&plain);
        let header = Radiotap::parse(&mut cursor).unwrap();
        assert_eq!(
            (header.length(), header.flags(), cursor.rest()),
            (9, Some(0x10), &[0xff][..])
        );
        assert!(header.has_checksum() && !header.is_padded());

        let mut long = vec![0, 0, 25, 0, 3, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0];
        long.extend([0; 8]);
        long.push(0x20);
        let header = Radiotap::parse(&mut Cursor::new(&long)).unwrap();
        assert!(header.is_padded() && !header.has_checksum());
    }

    #[test]
    fn radiotap_that_is_shorter_than_itself_is_malformed() {
        let stop = Radiotap::parse(&mut Cursor::new(&[0, 0, 7, 0, 0, 0, 0, 0])).unwrap_err();
        assert_eq!(
            stop,
            Stop::Malformed {
                field: "radiotap.length",
                number: 7,
                offset: 0
            }
        );
    }

    #[test]
    fn prism_is_read_in_both_byte_orders_and_avs_is_told_from_it() {
        let little = [&[0x44, 0, 0, 0, 12, 0, 0, 0][..], &[0; 4]].concat();
        let big = [&[0, 0, 0, 0x44, 0, 0, 0, 12][..], &[0; 4]].concat();
        let avs = [&[0x80, 0x21, 0x10, 0x01, 0, 0, 0, 12][..], &[0; 4]].concat();
        for (bytes, is_avs) in [(little, false), (big, false), (avs, true)] {
            let header = Prism::parse(&mut Cursor::new(&bytes)).unwrap();
            assert_eq!((header.length(), header.is_avs()), (12, is_avs));
        }
    }

    #[test]
    fn ppi_states_the_link_type_of_what_follows() {
        let header = Ppi::parse(&mut Cursor::new(&[0, 0, 8, 0, 105, 0, 0, 0])).unwrap();
        assert_eq!(header.link_type(), LinkType(105));
    }
}
