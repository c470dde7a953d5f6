//! IP over InfiniBand (RFC 4391 6; <https://www.tcpdump.org/linktypes.html>, `LINKTYPE_IPOIB`).
//!
//! ```text
//! | global route 40 | EtherType 2 | reserved 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// Bytes before the type.
const ROUTE_BYTES: usize = 40;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header(EtherType);

impl Header {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        cursor.skip("ipoib.route", ROUTE_BYTES)?;
        let ether_type = EtherType(cursor.u16_be("ipoib.ether_type")?);
        cursor.skip("ipoib.reserved", 2)?;
        Ok(Self(ether_type))
    }

    /// What follows.
    #[must_use]
    pub const fn ether_type(&self) -> EtherType {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_lies_behind_the_route() {
        let bytes = [&[0; 40][..], &[0x86, 0xdd, 0, 0, 0x60]].concat();
        let mut cursor = Cursor::new(&bytes);
        assert_eq!(Header::parse(&mut cursor).unwrap().ether_type(), EtherType::IPV6);
        assert_eq!(cursor.rest(), [0x60]);
    }
}
