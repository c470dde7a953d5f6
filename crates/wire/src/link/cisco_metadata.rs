//! Cisco MetaData, the security group tag between Ethernet, or GRE, and the packet.
//!
//! ```text
//! Ethernet | version 1 | length 1 | option length and type 2 | security group 2 | EtherType 2 | ...
//! GRE      | EtherType 2 | version 1 | length 1 | option length and type 2 | security group 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    tag: &'a [u8; 6],
    ether_type: EtherType,
}

impl<'a> Header<'a> {
    /// Reads the header as it lies in Ethernet.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let tag = cursor.array("cmd.header")?;
        let ether_type = EtherType(cursor.u16_be("cmd.ether_type")?);
        Ok(Self { tag, ether_type })
    }

    /// Reads the header as it lies in GRE.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse_in_gre(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let ether_type = EtherType(cursor.u16_be("cmd.ether_type")?);
        let tag = cursor.array("cmd.header")?;
        Ok(Self { tag, ether_type })
    }

    /// The version, 1.
    #[must_use]
    pub const fn version(&self) -> u8 {
        let [version, ..] = *self.tag;
        version
    }

    /// The security group.
    #[must_use]
    pub const fn security_group(&self) -> u16 {
        let [.., high, low] = *self.tag;
        u16::from_be_bytes([high, low])
    }

    /// What follows.
    #[must_use]
    pub const fn ether_type(&self) -> EtherType {
        self.ether_type
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_lies_behind_in_ethernet_and_before_in_gre() {
        let ethernet = Header::parse(&mut Cursor::new(&[1, 1, 0, 1, 0, 7, 8, 0])).unwrap();
        let gre = Header::parse_in_gre(&mut Cursor::new(&[8, 0, 1, 1, 0, 1, 0, 7])).unwrap();
        assert_eq!(ethernet, gre);
        assert_eq!(
            (gre.version(), gre.security_group(), gre.ether_type()),
            (1, 7, EtherType::IPV4)
        );
    }
}
