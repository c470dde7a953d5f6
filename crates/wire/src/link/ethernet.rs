//! Ethernet II and IEEE 802.3.
//!
//! ```text
//! | destination 6 | source 6 | EtherType, or length if up to 1500 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::{EtherType, MacAddress};
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{Octets, U16};
    pub(super) const DESTINATION: Octets<0, 6> = Octets;
    pub(super) const SOURCE: Octets<6, 6> = Octets;
    pub(super) const ETHER_TYPE: U16<12> = U16;
}

/// Bytes of the header, without tags.
pub const HEADER_BYTES: usize = 14;

/// An Ethernet header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; HEADER_BYTES]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    #[inline]
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("ethernet.header")?))
    }

    /// Who it was sent to.
    #[must_use]
    pub const fn destination(&self) -> MacAddress {
        MacAddress(field::DESTINATION.of(self.0))
    }

    /// Who sent it.
    #[must_use]
    pub const fn source(&self) -> MacAddress {
        MacAddress(field::SOURCE.of(self.0))
    }

    /// What follows, or how many bytes of IEEE 802.2 follow; see [`EtherType::LARGEST_LENGTH`].
    #[inline]
    #[must_use]
    pub const fn ether_type(&self) -> EtherType {
        EtherType(field::ETHER_TYPE.be(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: [u8; 15] = [1, 2, 3, 4, 5, 6, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf, 0x86, 0xdd, 0x60];

    #[test]
    fn both_addresses_and_the_type_are_read() {
        let mut cursor = Cursor::new(&FRAME);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(header.destination().to_string(), "01:02:03:04:05:06");
        assert_eq!(header.source().to_string(), "0a:0b:0c:0d:0e:0f");
        assert_eq!(header.ether_type(), EtherType::IPV6);
        assert_eq!(cursor.rest(), [0x60]);
    }

    #[test]
    fn a_cut_header_is_short() {
        let stop = Header::parse(&mut Cursor::new(&FRAME[..13])).unwrap_err();
        assert!(matches!(stop, Stop::Short(error) if error.needed == 14 && error.available == 13));
    }
}
