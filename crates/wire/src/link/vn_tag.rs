//! VN-Tag, with which Cisco's fabric extenders and virtual interfaces mark frames (J. Pelissier, "VNTag 101",
//! <https://www.ieee802.org/1/files/public/docs2009/new-pelissier-vntag-seminar-0508.pdf>).
//!
//! ```text
//! | direction, pointer, destination 14 bit | looped, version, source 12 bit | EtherType 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// The bits of either interface that are its number.
const DESTINATION_MASK: u16 = 0x3fff;
const SOURCE_MASK: u16 = 0x0fff;

/// A tag, after the EtherType that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 6]);

impl<'a> Header<'a> {
    /// Reads the tag.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("vntag.header")?))
    }

    /// The virtual interface it goes to.
    #[must_use]
    pub const fn destination(&self) -> u16 {
        let [high, low, ..] = *self.0;
        u16::from_be_bytes([high, low]) & DESTINATION_MASK
    }

    /// The virtual interface it comes from.
    #[must_use]
    pub const fn source(&self) -> u16 {
        let [_, _, high, low, _, _] = *self.0;
        u16::from_be_bytes([high, low]) & SOURCE_MASK
    }

    /// What follows.
    #[must_use]
    pub const fn ether_type(&self) -> EtherType {
        let [.., high, low] = *self.0;
        EtherType(u16::from_be_bytes([high, low]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_interfaces_and_the_type_are_read() {
        let header = Header::parse(&mut Cursor::new(&[0x80, 5, 0x80, 7, 0x81, 0])).unwrap();
        assert_eq!((header.destination(), header.source()), (5, 7));
        assert_eq!(header.ether_type(), EtherType::VLAN);
    }
}
