//! IP authentication header (RFC 4302), which is passed through.
//!
//! ```text
//! | next header 1 | words less two 1 | reserved 2 | security parameters 4 | sequence 4 | integrity check value ... |
//! ```

use whotalks_bytes::Cursor;
use whotalks_record::IpProtocol;

use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U8, U32};
    pub(super) const NEXT_HEADER: U8<0> = U8;
    pub(super) const LENGTH: U8<1> = U8;
    pub(super) const SECURITY_PARAMETERS: U32<4> = U32;
    pub(super) const SEQUENCE: U32<8> = U32;
}

const FIXED_BYTES: usize = 12;

/// An authentication header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; FIXED_BYTES],
    check: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for a length below three words; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let fixed = cursor.array("ah.header")?;
        let words = field::LENGTH.of(fixed);
        let Some(check_bytes) = ((usize::from(words) + 2) * 4).checked_sub(FIXED_BYTES) else {
            let number = words.into();
            return Err(Stop::Malformed {
                field: "ah.length",
                number,
                offset,
            });
        };
        let check = cursor.slice("ah.icv", check_bytes)?;
        Ok(Self { fixed, check })
    }

    /// What follows.
    #[must_use]
    pub const fn next_header(&self) -> IpProtocol {
        IpProtocol(field::NEXT_HEADER.of(self.fixed))
    }

    /// The length as written: words less two.
    #[must_use]
    pub const fn length(&self) -> u8 {
        field::LENGTH.of(self.fixed)
    }

    /// Which security association it belongs to.
    #[must_use]
    pub const fn security_parameters(&self) -> u32 {
        field::SECURITY_PARAMETERS.be(self.fixed)
    }

    /// The sequence number.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        field::SEQUENCE.be(self.fixed)
    }

    /// The integrity check value.
    #[must_use]
    pub const fn check_value(&self) -> &'a [u8] {
        self.check
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_is_part_of_the_header() {
        let bytes = [6, 2, 0, 0, 0, 0, 0, 7, 0, 0, 0, 9, 1, 2, 3, 4, 0xff];
        let mut cursor = Cursor::new(&bytes);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(
            (header.next_header(), header.security_parameters(), header.sequence()),
            (IpProtocol::TCP, 7, 9)
        );
        assert_eq!((header.check_value(), cursor.rest()), (&[1, 2, 3, 4][..], &[0xff][..]));
    }

    #[test]
    fn a_header_shorter_than_itself_is_malformed() {
        let stop = Header::parse(&mut Cursor::new(&[6; 12].map(|_| 0))).unwrap_err();
        assert_eq!(
            stop,
            Stop::Malformed {
                field: "ah.length",
                number: 0,
                offset: 0
            }
        );
    }
}
