//! UDP (RFC 768).
//!
//! ```text
//! | source port 2 | destination port 2 | length 2 | checksum 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::Ports;
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::U16;
    pub(super) const SOURCE: U16<0> = U16;
    pub(super) const DESTINATION: U16<2> = U16;
    pub(super) const LENGTH: U16<4> = U16;
    pub(super) const CHECKSUM: U16<6> = U16;
}

/// Bytes of the header.
pub const HEADER_BYTES: usize = 8;

/// A UDP header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; HEADER_BYTES]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    #[inline]
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("udp.header")?))
    }

    /// Both ports.
    #[inline]
    #[must_use]
    pub const fn ports(&self) -> Ports {
        Ports {
            source: field::SOURCE.be(self.0),
            destination: field::DESTINATION.be(self.0),
        }
    }

    /// Bytes of header and data; 0 in jumbograms (RFC 2675) and where it was left to the network card.
    #[inline]
    #[must_use]
    pub const fn length(&self) -> u16 {
        field::LENGTH.be(self.0)
    }

    /// The checksum, 0 where there is none.
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        field::CHECKSUM.be(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_and_length_are_read() {
        let mut cursor = Cursor::new(&[0xd2, 0x04, 0x00, 0x35, 0x00, 0x09, 0, 0, 7]);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(
            header.ports(),
            Ports {
                source: 53764,
                destination: 53
            }
        );
        assert_eq!(header.length(), 9);
        assert_eq!(cursor.rest(), [7]);
    }

    #[test]
    fn a_cut_header_is_short() {
        let stop = Header::parse(&mut Cursor::new(&[0, 53, 0, 53])).unwrap_err();
        assert!(matches!(stop, Stop::Short(error) if error.available == 4));
    }
}
