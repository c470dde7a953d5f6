//! GTP-U, version 1 of the GPRS tunnelling protocol for user data (3GPP TS 29.281).
//!
//! ```text
//! | version 3 bit, 1, 0, E, S, PN | type 1 | length 2 | tunnel 4 | sequence 2, PDU 1, next extension 1: if E, S or PN |
//! | extension: words 1, ..., next extension 1 | ... | IP ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U8, U16, U32};
    pub(super) const FLAGS: U8<0> = U8;
    pub(super) const TYPE: U8<1> = U8;
    pub(super) const LENGTH: U16<2> = U16;
    pub(super) const TUNNEL: U32<4> = U32;
}

/// The UDP port of user data.
pub const PORT: u16 = 2152;

/// Bytes before those that the length counts.
pub(crate) const FIXED_BYTES: usize = 8;
/// Version 1 of GTP, not GTP'; the reserved bit is left out.
const VERSION_AND_KIND: u8 = 0x30;
const VERSION_AND_KIND_MASK: u8 = 0xf0;
const HAS_EXTENSION: u8 = 0x04;
/// The flags any of which announces the optional word.
const HAS_OPTIONAL: u8 = 0x07;
/// The type of a message that carries a packet.
const USER_DATA: u8 = 0xff;
/// How many extension headers are followed; three kinds are defined.
const MOST_EXTENSIONS: u32 = 8;

/// A GTP-U header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; FIXED_BYTES],
    optional: Option<&'a [u8; 4]>,
}

impl<'a> Header<'a> {
    /// Reads the header with its extensions.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for another version; [`Stop::Malformed`] for an extension without length; [`Stop::TooDeep`];
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let fixed = cursor.array("gtp.header")?;
        let flags = field::FLAGS.of(fixed);
        if flags & VERSION_AND_KIND_MASK != VERSION_AND_KIND {
            let number = flags.into();
            return Err(Stop::Unknown {
                field: "gtp.flags",
                number,
                offset,
            });
        }
        let optional: Option<&[u8; 4]> = match flags & HAS_OPTIONAL {
            0 => None,
            _ => Some(cursor.array("gtp.optional")?),
        };
        if let (Some([.., next]), true) = (optional, flags & HAS_EXTENSION != 0) {
            skip_extensions(*next, cursor)?;
        }
        Ok(Self { fixed, optional })
    }

    /// Version and flags.
    #[must_use]
    pub const fn flags(&self) -> u8 {
        field::FLAGS.of(self.fixed)
    }

    /// The type of the message; 0xff carries a packet.
    #[must_use]
    pub const fn kind(&self) -> u8 {
        field::TYPE.of(self.fixed)
    }

    /// Bytes after the first eight.
    #[must_use]
    pub const fn length(&self) -> u16 {
        field::LENGTH.be(self.fixed)
    }

    /// The tunnel.
    #[must_use]
    pub const fn tunnel(&self) -> u32 {
        field::TUNNEL.be(self.fixed)
    }

    /// The sequence number, where its word is there.
    #[must_use]
    pub fn sequence(&self) -> Option<u16> {
        self.optional.map(|&[high, low, _, _]| u16::from_be_bytes([high, low]))
    }

    /// Whether a packet follows.
    #[must_use]
    pub const fn carries_packet(&self) -> bool {
        self.kind() == USER_DATA
    }
}

fn skip_extensions(mut next: u8, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
    for _ in 0..MOST_EXTENSIONS {
        if next == 0 {
            return Ok(());
        }
        let offset = cursor.offset();
        let words = cursor.u8("gtp.extension_length")?;
        let Some(rest) = (usize::from(words) * 4).checked_sub(1) else {
            return Err(Stop::Malformed {
                field: "gtp.extension_length",
                number: 0,
                offset,
            });
        };
        let bytes = cursor.slice("gtp.extension", rest)?;
        next = bytes.last().copied().unwrap_or_default();
    }
    Err(Stop::TooDeep {
        limit: MOST_EXTENSIONS,
        offset: cursor.offset(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_passed_over() {
        let bytes = [0x34, 0xff, 0, 9, 0, 0, 0, 7, 0, 1, 0, 0x85, 1, 0, 5, 0, 0x45];
        let mut cursor = Cursor::new(&bytes);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(
            (header.tunnel(), header.sequence(), header.carries_packet()),
            (7, Some(1), true)
        );
        assert_eq!(cursor.rest(), [0x45]);
    }

    #[test]
    fn an_extension_without_length_is_malformed_not_endless() {
        let bytes = [0x34, 0xff, 0, 9, 0, 0, 0, 7, 0, 1, 0, 0x85, 0, 0, 0, 0];
        assert!(matches!(
            Header::parse(&mut Cursor::new(&bytes)),
            Err(Stop::Malformed { .. })
        ));
    }

    #[test]
    fn another_version_is_not_read() {
        assert!(matches!(
            Header::parse(&mut Cursor::new(&[0x48; 8])),
            Err(Stop::Unknown { .. })
        ));
    }
}
