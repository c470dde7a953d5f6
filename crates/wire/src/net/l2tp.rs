//! L2TP, version 2 (RFC 2661) over UDP and version 3 (RFC 3931) over UDP and IP.
//!
//! ```text
//! 2 | T L . . S . O P . . . . version 4 bit | length 2, if L | tunnel 2 | session 2 | sequence 4, if S | offset 2 + .., if O |
//! 3 | as 2 with T L S, then control connection 4 and sequence 4; or, without T, reserved 2 and session 4 |
//! ```
//!
//! What a session of version 3 carries was agreed upon before and cannot be told from a packet.

use whotalks_bytes::Cursor;

use crate::Stop;

/// The UDP port.
pub const PORT: u16 = 1701;

const CONTROL: u16 = 0x8000;
const HAS_LENGTH: u16 = 0x4000;
const HAS_SEQUENCE: u16 = 0x0800;
const HAS_OFFSET: u16 = 0x0200;
const VERSION_MASK: u16 = 0x000f;
/// Bits that are 0.
const RESERVED: u16 = 0x34f0;

/// A header over UDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    flags: u16,
    length: Option<u16>,
    tunnel: u32,
    session: u32,
}

impl Header {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for another version or flags; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let flags = cursor.u16_be("l2tp.flags")?;
        match flags & VERSION_MASK {
            2 if flags & RESERVED == 0 => Self::version_2(flags, cursor),
            3 if flags & RESERVED == 0 => Self::version_3(flags, cursor),
            _ => Err(Stop::Unknown {
                field: "l2tp.flags",
                number: flags.into(),
                offset,
            }),
        }
    }

    fn version_2(flags: u16, cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        let length = length(flags, cursor)?;
        let tunnel = cursor.u16_be("l2tp.tunnel")?.into();
        let session = cursor.u16_be("l2tp.session")?.into();
        if flags & HAS_SEQUENCE != 0 {
            cursor.skip("l2tp.sequence", 4)?;
        }
        if flags & HAS_OFFSET != 0 {
            let bytes = cursor.u16_be("l2tp.offset")?;
            cursor.skip("l2tp.offset_padding", bytes.into())?;
        }
        Ok(Self {
            flags,
            length,
            tunnel,
            session,
        })
    }

    fn version_3(flags: u16, cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        if flags & CONTROL == 0 {
            cursor.skip("l2tp.reserved", 2)?;
            let session = cursor.u32_be("l2tp.session")?;
            return Ok(Self {
                flags,
                length: None,
                tunnel: 0,
                session,
            });
        }
        let length = length(flags, cursor)?;
        let tunnel = cursor.u32_be("l2tp.control_connection")?;
        cursor.skip("l2tp.sequence", 4)?;
        Ok(Self {
            flags,
            length,
            tunnel,
            session: 0,
        })
    }

    /// The flags and, in the lowest four bits, the version.
    #[must_use]
    pub const fn flags(&self) -> u16 {
        self.flags
    }

    /// 2 or 3.
    #[must_use]
    pub const fn version(&self) -> u8 {
        (self.flags & VERSION_MASK) as u8
    }

    /// Whether it sets up or ends a session, and carries no packet.
    #[must_use]
    pub const fn is_control(&self) -> bool {
        self.flags & CONTROL != 0
    }

    /// Bytes of header and data, where stated.
    #[must_use]
    pub const fn length(&self) -> Option<u16> {
        self.length
    }

    /// The tunnel, or the control connection of version 3; 0 in its data.
    #[must_use]
    pub const fn tunnel(&self) -> u32 {
        self.tunnel
    }

    /// The session; 0 in control messages of version 3.
    #[must_use]
    pub const fn session(&self) -> u32 {
        self.session
    }

    /// Whether PPP follows.
    #[must_use]
    pub const fn carries_ppp(&self) -> bool {
        !self.is_control() && self.version() == 2
    }
}

fn length(flags: u16, cursor: &mut Cursor<'_>) -> Result<Option<u16>, Stop> {
    Ok(match flags & HAS_LENGTH {
        0 => None,
        _ => Some(cursor.u16_be("l2tp.length")?),
    })
}

/// A header of version 3 directly over IP: the session, 0 for control messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IpHeader<'a>(&'a [u8; 4]);

impl<'a> IpHeader<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("l2tp.session")?))
    }

    /// The session, 0 for control messages.
    #[must_use]
    pub const fn session(&self) -> u32 {
        u32::from_be_bytes(*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Header, usize) {
        let mut cursor = Cursor::new(bytes);
        (Header::parse(&mut cursor).unwrap(), cursor.rest().len())
    }

    #[test]
    fn data_of_version_2_may_have_every_optional_field() {
        let (header, rest) = read(&[0x4a, 0x02, 0, 17, 0, 1, 0, 2, 0, 0, 0, 0, 0, 2, 9, 9, 0x21]);
        assert_eq!(
            (header.length(), header.tunnel(), header.session(), rest),
            (Some(17), 1, 2, 1)
        );
        assert!(header.carries_ppp() && !header.is_control());
        let (header, rest) = read(&[0, 2, 0, 1, 0, 2, 0xff]);
        assert_eq!((header.length(), header.version(), rest), (None, 2, 1));
    }

    #[test]
    fn version_3_is_recognised() {
        let (data, rest) = read(&[0, 3, 0, 0, 0, 0, 0, 9, 0xff]);
        assert_eq!((data.session(), data.carries_ppp(), rest), (9, false, 1));
        let (control, _) = read(&[0xc8, 3, 0, 12, 0, 0, 0, 5, 0, 0, 0, 0]);
        assert_eq!((control.tunnel(), control.is_control()), (5, true));
    }

    #[test]
    fn reserved_bits_make_it_something_else() {
        assert!(Header::parse(&mut Cursor::new(&[0x30, 0x02, 0, 0, 0, 0, 0, 0])).is_err());
        assert!(Header::parse(&mut Cursor::new(&[0, 1, 0, 0, 0, 0, 0, 0])).is_err());
    }
}
