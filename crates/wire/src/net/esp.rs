//! IP encapsulating security payload (RFC 4303). What it carries is encrypted.
//!
//! ```text
//! | security parameters 4 | sequence 4 | encrypted ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

mod field {
    use whotalks_bytes::fixed::U32;
    pub(super) const SECURITY_PARAMETERS: U32<0> = U32;
    pub(super) const SEQUENCE: U32<4> = U32;
}

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 8]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("esp.header")?))
    }

    /// Which security association it belongs to.
    #[must_use]
    pub const fn security_parameters(&self) -> u32 {
        field::SECURITY_PARAMETERS.be(self.0)
    }

    /// The sequence number.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        field::SEQUENCE.be(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_are_read() {
        let header = Header::parse(&mut Cursor::new(&[0, 0, 0, 7, 0, 0, 0, 9])).unwrap();
        assert_eq!((header.security_parameters(), header.sequence()), (7, 9));
    }
}
