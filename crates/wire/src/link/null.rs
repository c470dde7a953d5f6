//! BSD loopback ("null") and OpenBSD loopback ("loop"): a protocol family in four bytes.
//!
//! The family of IPv4 is 2 everywhere; the one of IPv6 is 10 on Linux, 23 on Windows, 24 on NetBSD, OpenBSD and BSD/OS, 28
//! on FreeBSD and 30 on macOS. "Null" is in the byte order of the machine that captured, which the file does not state, so
//! both orders are tried; no family is ambiguous.

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

const IPV4: u32 = 2;
const IPV6: [u32; 5] = [10, 23, 24, 28, 30];
/// Families are small numbers; one above this is written in the other byte order.
const LARGEST_FAMILY: u32 = 0xffff;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    written: u32,
}

impl Header {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        let written = cursor.u32_be("null.family")?;
        Ok(Self { written })
    }

    /// The protocol family, in whichever byte order makes it one.
    #[must_use]
    pub const fn family(&self) -> u32 {
        if self.written > LARGEST_FAMILY {
            self.written.swap_bytes()
        } else {
            self.written
        }
    }

    /// What follows. Some tools write an EtherType in place of the family.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for a family other than IPv4 and IPv6.
    pub fn ether_type(&self) -> Result<EtherType, Stop> {
        match self.family() {
            IPV4 | 0x0800 => Ok(EtherType::IPV4),
            0x86dd => Ok(EtherType::IPV6),
            family if IPV6.contains(&family) => Ok(EtherType::IPV6),
            number => Err(Stop::Unknown {
                field: "null.family",
                number,
                offset: 0,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: [u8; 4]) -> Result<EtherType, Stop> {
        Header::parse(&mut Cursor::new(&bytes))?.ether_type()
    }

    #[test]
    fn ipv4_is_known_in_both_byte_orders() {
        assert_eq!(read([2, 0, 0, 0]), Ok(EtherType::IPV4));
        assert_eq!(read([0, 0, 0, 2]), Ok(EtherType::IPV4));
    }

    #[test]
    fn ipv6_is_known_by_the_number_of_every_system() {
        for family in IPV6 {
            assert_eq!(read(family.to_be_bytes()), Ok(EtherType::IPV6));
            assert_eq!(read(family.to_le_bytes()), Ok(EtherType::IPV6));
        }
    }

    #[test]
    fn another_family_is_data() {
        assert_eq!(
            read([7, 0, 0, 0]),
            Err(Stop::Unknown {
                field: "null.family",
                number: 7,
                offset: 0
            })
        );
    }
}
