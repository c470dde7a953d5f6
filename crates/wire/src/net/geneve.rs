//! Geneve (RFC 8926).
//!
//! ```text
//! | version 2 bit | options length 6 bit | flags 1 | EtherType 2 | network identifier 3 | reserved 1 | options .. | ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;
use crate::link::EtherType;

mod field {
    use whotalks_bytes::fixed::{U8, U16, U32};
    pub(super) const VERSION_AND_LENGTH: U8<0> = U8;
    pub(super) const FLAGS: U8<1> = U8;
    pub(super) const ETHER_TYPE: U16<2> = U16;
    pub(super) const IDENTIFIER: U32<4> = U32;
}

/// The UDP port it is sent to.
pub const PORT: u16 = 6081;

/// The part of the first byte that counts the words of options.
const LENGTH_MASK: u8 = 0x3f;

/// A Geneve header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; 8],
    options: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the header with its options.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for another version; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let fixed = cursor.array("geneve.header")?;
        let first = field::VERSION_AND_LENGTH.of(fixed);
        if first & !LENGTH_MASK != 0 {
            return Err(Stop::Unknown {
                field: "geneve.version",
                number: (first >> 6).into(),
                offset,
            });
        }
        let options = cursor.slice("geneve.options", usize::from(first & LENGTH_MASK) * 4)?;
        Ok(Self { fixed, options })
    }

    /// Control (0x80) and critical options (0x40).
    #[must_use]
    pub const fn flags(&self) -> u8 {
        field::FLAGS.of(self.fixed)
    }

    /// What follows.
    #[must_use]
    pub const fn protocol(&self) -> EtherType {
        EtherType(field::ETHER_TYPE.be(self.fixed))
    }

    /// The number of the virtual network.
    #[must_use]
    pub const fn identifier(&self) -> u32 {
        field::IDENTIFIER.be(self.fixed) >> 8
    }

    /// The options, unread.
    #[must_use]
    pub const fn options(&self) -> &'a [u8] {
        self.options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_passed_over() {
        let mut cursor = Cursor::new(&[1, 0, 0x65, 0x58, 0, 0, 1, 0, 9, 9, 9, 9, 7]);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(header.protocol(), EtherType::ETHERNET_BRIDGING);
        assert_eq!((header.identifier(), header.options()), (1, &[9; 4][..]));
        assert_eq!(cursor.rest(), [7]);
    }

    #[test]
    fn another_version_is_not_read() {
        let stop = Header::parse(&mut Cursor::new(&[0x40, 0, 8, 0, 0, 0, 0, 0]));
        assert!(matches!(
            stop,
            Err(Stop::Unknown {
                field: "geneve.version",
                number: 1,
                ..
            })
        ));
    }
}
