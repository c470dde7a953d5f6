//! VXLAN (RFC 7348), as switches and cloud traffic mirrors send it, and its generic protocol extension
//! (draft-ietf-nvo3-vxlan-gpe) where it carries Ethernet.
//!
//! ```text
//! | flags 1 | reserved 2 | next protocol 1 | network identifier 3 | reserved 1 | Ethernet ...
//! ```

use whotalks_bytes::Cursor;

use super::nsh::NextProtocol;
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U8, U32};
    pub(super) const FLAGS: U8<0> = U8;
    pub(super) const NEXT_PROTOCOL: U8<3> = U8;
    pub(super) const IDENTIFIER: U32<4> = U32;
}

/// The UDP port it is sent to.
pub const PORT: u16 = 4789;

/// The UDP port of the generic protocol extension.
pub const EXTENDED_PORT: u16 = 4790;

/// The flag that every header has.
const HAS_IDENTIFIER: u8 = 0x08;
/// The flag that says that the next protocol is stated.
const STATES_PROTOCOL: u8 = 0x04;
/// The next protocol of the extension that is Ethernet.
const ETHERNET: u8 = 3;
/// Flags in use: the identifier's, the protocol's, and the one of the group policy extension.
const KNOWN_FLAGS: u8 = HAS_IDENTIFIER | STATES_PROTOCOL | 0x80;

/// A VXLAN header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 8]);

impl<'a> Header<'a> {
    /// Reads the header; an Ethernet frame follows.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for flags that make it something else; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let header = Self(cursor.array("vxlan.header")?);
        let flags = header.flags();
        let other_protocol = flags & STATES_PROTOCOL != 0 && field::NEXT_PROTOCOL.of(header.0) != ETHERNET;
        if flags & HAS_IDENTIFIER == 0 || flags & !KNOWN_FLAGS != 0 || other_protocol {
            return Err(Stop::Unknown {
                field: "vxlan.flags",
                number: flags.into(),
                offset,
            });
        }
        Ok(header)
    }

    /// The flags.
    #[must_use]
    pub const fn flags(&self) -> u8 {
        field::FLAGS.of(self.0)
    }

    /// The number of the virtual network.
    #[must_use]
    pub const fn identifier(&self) -> u32 {
        field::IDENTIFIER.be(self.0) >> 8
    }
}

/// The header of the generic protocol extension, which states what follows (draft-ietf-nvo3-vxlan-gpe 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extended<'a>(&'a [u8; 8]);

impl<'a> Extended<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for flags that make it something else; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        const NEEDED: u8 = HAS_IDENTIFIER | STATES_PROTOCOL;
        /// Version, flags of multicast and of maintenance.
        const POSSIBLE: u8 = NEEDED | 0x33;
        let offset = cursor.offset();
        let bytes = cursor.array("vxlan.header")?;
        let flags = field::FLAGS.of(bytes);
        if flags & NEEDED != NEEDED || flags & !POSSIBLE != 0 {
            return Err(Stop::Unknown {
                field: "vxlan.flags",
                number: flags.into(),
                offset,
            });
        }
        Ok(Self(bytes))
    }

    /// What follows.
    #[must_use]
    pub const fn next_protocol(&self) -> NextProtocol {
        NextProtocol(field::NEXT_PROTOCOL.of(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_states_what_follows() {
        let header = Extended::parse(&mut Cursor::new(&[0x0c, 0, 0, 4, 0, 0, 7, 0])).unwrap();
        assert_eq!(header.next_protocol(), NextProtocol::SERVICES);
        assert!(Extended::parse(&mut Cursor::new(&[0x08, 0, 0, 4, 0, 0, 7, 0])).is_err());
    }

    fn identifier(bytes: &[u8]) -> Result<u32, Stop> {
        Ok(Header::parse(&mut Cursor::new(bytes))?.identifier())
    }

    #[test]
    fn the_identifier_has_three_bytes() {
        assert_eq!(identifier(&[8, 0, 0, 0, 1, 2, 3, 0]), Ok(0x01_0203));
    }

    #[test]
    fn the_extension_is_read_where_it_carries_ethernet() {
        assert_eq!(identifier(&[0x0c, 0, 0, 3, 0, 0, 3, 0]), Ok(3));
        assert!(identifier(&[0x0c, 0, 0, 1, 0, 0, 3, 0]).is_err());
    }

    #[test]
    fn other_flags_are_something_else() {
        for flags in [0x00, 0x0c, 0x48] {
            let stop = identifier(&[flags, 0, 0, 0, 1, 2, 3, 0]);
            assert!(
                matches!(
                    stop,
                    Err(Stop::Unknown {
                        field: "vxlan.flags",
                        ..
                    })
                ),
                "{flags}"
            );
        }
    }
}
