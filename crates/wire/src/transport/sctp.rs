//! SCTP (RFC 9260), of which the common header is read.
//!
//! ```text
//! | source port 2 | destination port 2 | verification tag 4 | checksum 4 | chunks ...
//! ```

use whotalks_bytes::Cursor;

use super::Ports;
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U16, U32};
    pub(super) const SOURCE: U16<0> = U16;
    pub(super) const DESTINATION: U16<2> = U16;
    pub(super) const VERIFICATION_TAG: U32<4> = U32;
    pub(super) const CHECKSUM: U32<8> = U32;
}

/// The common header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 12]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("sctp.header")?))
    }

    /// Both ports.
    #[must_use]
    pub const fn ports(&self) -> Ports {
        Ports {
            source: field::SOURCE.be(self.0),
            destination: field::DESTINATION.be(self.0),
        }
    }

    /// The tag that tells the association.
    #[must_use]
    pub const fn verification_tag(&self) -> u32 {
        field::VERIFICATION_TAG.be(self.0)
    }

    /// The checksum.
    #[must_use]
    pub const fn checksum(&self) -> u32 {
        field::CHECKSUM.be(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_read() {
        let header = Header::parse(&mut Cursor::new(&[0, 7, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2])).unwrap();
        assert_eq!(
            header.ports(),
            Ports {
                source: 7,
                destination: 9
            }
        );
        assert_eq!((header.verification_tag(), header.checksum()), (1, 2));
    }
}
