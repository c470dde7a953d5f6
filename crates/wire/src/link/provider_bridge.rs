//! The service instance tag of provider backbone bridges (IEEE 802.1ah, now IEEE 802.1Q 9.7), which carries a customer's frame.
//!
//! ```text
//! | flags 1, service 3 | customer's destination 6 | customer's source 6 | EtherType 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// The bits of the first word that number the service.
const SERVICE_MASK: u32 = 0x00ff_ffff;

/// A tag with the customer's addresses, after the EtherType that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 18]);

impl<'a> Header<'a> {
    /// Reads the tag.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("ieee8021ah.header")?))
    }

    /// The number of the service.
    #[must_use]
    pub const fn service(&self) -> u32 {
        let [a, b, c, d, ..] = *self.0;
        u32::from_be_bytes([a, b, c, d]) & SERVICE_MASK
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
    fn service_and_type_are_read() {
        let bytes = [0xe0, 1, 0, 2, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
        let header = Header::parse(&mut Cursor::new(&bytes)).unwrap();
        assert_eq!((header.service(), header.ether_type()), (0x1_0002, EtherType::IPV4));
    }
}
