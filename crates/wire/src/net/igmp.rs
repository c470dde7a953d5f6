//! IGMP, versions 1 to 3 (RFC 1112, RFC 2236, RFC 3376).
//!
//! ```text
//! | type 1 | longest response time 1 | checksum 2 | group 4 | more, in version 3 ...
//! ```

use std::net::Ipv4Addr;

use whotalks_bytes::Cursor;

use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U8, U16, U32};
    pub(super) const TYPE: U8<0> = U8;
    pub(super) const RESPONSE_TIME: U8<1> = U8;
    pub(super) const CHECKSUM: U16<2> = U16;
    pub(super) const GROUP: U32<4> = U32;
}

/// The type of a version 3 report, which states its groups in records.
const REPORT_V3: u8 = 0x22;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 8]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("igmp.header")?))
    }

    /// The kind of message: 0x11 query, 0x12, 0x16 and 0x22 report, 0x17 leave.
    #[must_use]
    pub const fn kind(&self) -> u8 {
        field::TYPE.of(self.0)
    }

    /// How long members may take to answer a query, in tenths of a second.
    #[must_use]
    pub const fn response_time(&self) -> u8 {
        field::RESPONSE_TIME.of(self.0)
    }

    /// The checksum.
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        field::CHECKSUM.be(self.0)
    }

    /// The group, in messages that are about one; 0.0.0.0 in a query for all.
    #[must_use]
    pub const fn group(&self) -> Option<Ipv4Addr> {
        match self.kind() {
            REPORT_V3 => None,
            _ => Some(Ipv4Addr::from_bits(field::GROUP.be(self.0))),
        }
    }

    /// How many group records follow, in version 3 reports.
    #[must_use]
    pub const fn records(&self) -> Option<u16> {
        let [.., high, low] = *self.0;
        match self.kind() {
            REPORT_V3 => Some(u16::from_be_bytes([high, low])),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_and_a_report_are_told_apart() {
        let query = Header::parse(&mut Cursor::new(&[0x11, 100, 0, 1, 224, 0, 0, 251])).unwrap();
        assert_eq!(
            (query.response_time(), query.group()),
            (100, Some(Ipv4Addr::new(224, 0, 0, 251)))
        );
        let report = Header::parse(&mut Cursor::new(&[0x22, 0, 0, 1, 0, 0, 0, 2])).unwrap();
        assert_eq!((report.group(), report.records()), (None, Some(2)));
    }
}
