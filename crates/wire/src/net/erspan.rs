//! ERSPAN types II and III, mirrored traffic inside GRE (draft-foschiano-erspan). Type I has no header of its own.
//!
//! ```text
//! II  | version 4 bit, VLAN 12 bit | class 3 bit, 3 bit, session 10 bit | reserved 12 bit, index 20 bit |
//! III | the same four bytes | time 4 | security group 2 | P 1 bit, frame type 5 bit, 9 bit, O 1 bit | 8 more, if O |
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U16, U32};
    pub(super) const VERSION_AND_VLAN: U16<0> = U16;
    pub(super) const CLASS_AND_SESSION: U16<2> = U16;
    pub(super) const INDEX: U32<4> = U32;
}

mod type_3_field {
    use whotalks_bytes::fixed::{U16, U32};
    pub(super) const TIMESTAMP: U32<0> = U32;
    pub(super) const SECURITY_GROUP: U16<4> = U16;
    pub(super) const FLAGS: U16<6> = U16;
}

/// The version that type II has.
const VERSION_TYPE_2: u8 = 1;
/// The version that type III has.
const VERSION_TYPE_3: u8 = 2;
/// The flag of type III that announces the platform's own header.
const HAS_PLATFORM_HEADER: u16 = 0x0001;
/// Bytes of the platform's own header.
const PLATFORM_HEADER_BYTES: usize = 8;
/// The frame type of type III that is an IP packet without a link layer.
const FRAME_TYPE_IP: u16 = 2;

/// What an ERSPAN header carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inner {
    /// An Ethernet frame.
    Ethernet,
    /// An IP packet.
    Ip,
}

/// A header of type II or III.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; 8],
    /// What type III has beyond the first word.
    type_3: Option<&'a [u8; 8]>,
}

impl<'a> Header<'a> {
    /// Reads the header; its version tells its type.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for another version; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let start = *cursor;
        let header = Self {
            fixed: cursor.array("erspan.header")?,
            type_3: None,
        };
        match header.version() {
            VERSION_TYPE_2 => Ok(header),
            VERSION_TYPE_3 => header.read_type_3(start, cursor),
            version => Err(Stop::Unknown {
                field: "erspan.version",
                number: version.into(),
                offset: start.offset(),
            }),
        }
    }

    fn read_type_3(self, mut start: Cursor<'a>, cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        start.skip("erspan.header", 4)?;
        let rest: &[u8; 8] = start.array("erspan.header")?;
        if type_3_field::FLAGS.be(rest) & HAS_PLATFORM_HEADER != 0 {
            start.skip("erspan.platform_header", PLATFORM_HEADER_BYTES)?;
        }
        *cursor = start;
        Ok(Self {
            type_3: Some(rest),
            ..self
        })
    }

    /// 1 for type II, 2 for type III.
    #[must_use]
    pub const fn version(&self) -> u8 {
        // Four bits are left.
        (field::VERSION_AND_VLAN.be(self.fixed) >> 12) as u8
    }

    /// The VLAN that the frame was in.
    #[must_use]
    pub const fn vlan_id(&self) -> u16 {
        field::VERSION_AND_VLAN.be(self.fixed) & 0x0fff
    }

    /// The class of service, 0 to 7.
    #[must_use]
    pub const fn class_of_service(&self) -> u8 {
        // Three bits are left.
        (field::CLASS_AND_SESSION.be(self.fixed) >> 13) as u8
    }

    /// Whether the mirror cut the frame.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        field::CLASS_AND_SESSION.be(self.fixed) & 0x0400 != 0
    }

    /// The number of the mirror session.
    #[must_use]
    pub const fn session_id(&self) -> u16 {
        field::CLASS_AND_SESSION.be(self.fixed) & 0x03ff
    }

    /// The port or interface that was mirrored, in type II.
    #[must_use]
    pub fn index(&self) -> Option<u32> {
        self.type_3.is_none().then(|| field::INDEX.be(self.fixed) & 0x000f_ffff)
    }

    /// The switch's time, in type III, in the unit its header states.
    #[must_use]
    pub fn timestamp(&self) -> Option<u32> {
        self.type_3.map(|header| type_3_field::TIMESTAMP.be(header))
    }

    /// The security group, in type III.
    #[must_use]
    pub fn security_group(&self) -> Option<u16> {
        self.type_3.map(|header| type_3_field::SECURITY_GROUP.be(header))
    }

    /// What follows.
    #[must_use]
    pub fn inner(&self) -> Inner {
        let frame_type = self.type_3.map(|header| (type_3_field::FLAGS.be(header) >> 10) & 0x1f);
        if frame_type == Some(FRAME_TYPE_IP) {
            Inner::Ip
        } else {
            Inner::Ethernet
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_2_has_eight_bytes() {
        let mut cursor = Cursor::new(&[0x10, 100, 0x44, 5, 0, 0, 0, 7, 9]);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!((header.version(), header.vlan_id(), header.session_id()), (1, 100, 5));
        assert_eq!((header.class_of_service(), header.is_truncated()), (2, true));
        assert_eq!((header.index(), header.timestamp()), (Some(7), None));
        assert_eq!((header.inner(), cursor.rest()), (Inner::Ethernet, &[9][..]));
    }

    #[test]
    fn type_3_may_have_a_header_of_the_platform() {
        let bytes = [
            0x20, 1, 0, 2, 0, 0, 0, 3, 0, 4, 0x08, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0x45,
        ];
        let mut cursor = Cursor::new(&bytes);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!((header.timestamp(), header.security_group()), (Some(3), Some(4)));
        assert_eq!((header.inner(), cursor.rest()), (Inner::Ip, &[0x45][..]));
    }

    #[test]
    fn another_version_is_not_read() {
        let stop = Header::parse(&mut Cursor::new(&[0; 8])).unwrap_err();
        assert_eq!(
            stop,
            Stop::Unknown {
                field: "erspan.version",
                number: 0,
                offset: 0
            }
        );
    }
}
