//! The security tag of MACsec (IEEE 802.1AE 9.3). What is protected against change and not encrypted can be read.
//!
//! ```text
//! | flags, association 1 | short length 1 | packet number 4 | channel 8, if C | EtherType ... | check value 16 |
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

/// The bit that says that the channel is written.
const HAS_CHANNEL: u8 = 0x20;
/// The bits that say that the data is encrypted, or is another than before.
const IS_CHANGED: u8 = 0x0c;
/// The lower bits of the short length; the others are reserved.
const SHORT_LENGTH_MASK: u8 = 0x3f;
/// Bytes of the check value of every standard cipher suite (IEEE 802.1AE 14.5).
const CHECK_VALUE_BYTES: u32 = 16;

/// A security tag, after the EtherType that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; 6],
}

impl<'a> Header<'a> {
    /// Reads the tag.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let fixed = cursor.array("macsec.header")?;
        let header = Self { fixed };
        if header.flags() & HAS_CHANNEL != 0 {
            cursor.skip("macsec.channel", 8)?;
        }
        Ok(header)
    }

    /// The flags, with the number of the association in the lowest two bits.
    #[must_use]
    pub const fn flags(&self) -> u8 {
        let [flags, ..] = *self.fixed;
        flags
    }

    /// Whether what follows is as it was before: an EtherType and its data.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        self.flags() & IS_CHANGED == 0
    }

    /// Of `wire_bytes` behind the tag, those before the check value.
    #[must_use]
    pub fn data_bytes(&self, wire_bytes: u32) -> u32 {
        let [_, length, ..] = *self.fixed;
        match length & SHORT_LENGTH_MASK {
            0 => wire_bytes.saturating_sub(CHECK_VALUE_BYTES),
            stated => wire_bytes.min(stated.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_channel_may_be_left_out_and_short_data_states_its_length() {
        let long = [0x20, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1, 0, 1, 8, 0];
        let mut cursor = Cursor::new(&long);
        let header = Header::parse(&mut cursor).unwrap();
        assert!(header.is_plain());
        assert_eq!((cursor.rest(), header.data_bytes(100)), (&[8, 0][..], 84));
        let short = [0x0c, 34, 0, 0, 0, 1];
        let header = Header::parse(&mut Cursor::new(&short)).unwrap();
        assert!(!header.is_plain());
        assert_eq!(header.data_bytes(50), 34);
    }
}
