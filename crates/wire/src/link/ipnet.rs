//! What Solaris puts before packets between the zones of one system
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_IPNET.html>).
//!
//! ```text
//! | version 1 | family 1 | kind 2 | length 4 | interface 4 | group's interface 4 | zones 4 + 4 | IP ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

/// The families of Solaris that are IP.
const IPV4: u8 = 2;
const IPV6: u8 = 26;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 24]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("ipnet.header")?))
    }

    /// The address family of the packet, by Solaris's numbers.
    #[must_use]
    pub const fn family(&self) -> u8 {
        let [_, family, ..] = *self.0;
        family
    }

    /// Whether IP follows.
    #[must_use]
    pub const fn carries_ip(&self) -> bool {
        matches!(self.family(), IPV4 | IPV6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_says_what_follows() {
        let mut bytes = [0; 24];
        for (family, expected) in [(2, true), (26, true), (3, false)] {
            bytes[1] = family;
            let header = Header::parse(&mut Cursor::new(&bytes)).unwrap();
            assert_eq!((header.family(), header.carries_ip()), (family, expected));
        }
    }
}
