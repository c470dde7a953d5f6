//! The value of a field.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use whotalks_bytes::Cursor;
use whotalks_record::{Endpoint, Timestamp};

use crate::Guid;

/// `AF_INET` of Windows.
const FAMILY_IPV4: u16 = 2;
/// `AF_INET6` of Windows.
const FAMILY_IPV6: u16 = 23;

/// A value, borrowed from the payload it lies in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A whole number that is not negative; also pointers.
    Unsigned(u64),
    /// A whole number.
    Signed(i64),
    /// A number with a fraction.
    Real(f64),
    /// True or false.
    Boolean(bool),
    /// An identifier.
    Guid(Guid),
    /// A time.
    Time(Timestamp),
    /// An account or group: a SID as MS-DTYP 2.4.2.2 has it.
    Sid(&'a [u8]),
    /// A text in UTF-16LE, without its end.
    Utf16(&'a [u8]),
    /// A text in the code page of the computer, without its end.
    Ansi(&'a [u8]),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> {
    /// The number, where it is one that is not negative.
    #[must_use]
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Unsigned(number) => Some(number),
            Self::Signed(number) => number.try_into().ok(),
            Self::Boolean(is_true) => Some(is_true.into()),
            _ => None,
        }
    }

    /// The number, where it has at most 32 bits.
    #[must_use]
    pub fn number_32(self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    /// The text, where it is one; what is not sound in it is replaced.
    #[must_use]
    pub fn text(self) -> Option<String> {
        match self {
            Self::Utf16(bytes) => Some(utf16(bytes)),
            Self::Ansi(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            _ => None,
        }
    }

    /// The bytes, where they are.
    #[must_use]
    pub const fn bytes(self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The end of a socket that a `SOCKADDR` of Windows is: the family, the port in network order, then for IPv4 the address, for
    /// IPv6 flow information and the address.
    #[must_use]
    pub fn socket_address(self) -> Option<Endpoint> {
        let mut cursor = Cursor::new(self.bytes()?);
        let family = cursor.u16_le("sockaddr.family").ok()?;
        let port = cursor.u16_be("sockaddr.port").ok()?;
        let address = match family {
            FAMILY_IPV4 => IpAddr::V4(Ipv4Addr::from(*cursor.array("sockaddr.address").ok()?)),
            FAMILY_IPV6 => {
                cursor.skip("sockaddr.flow_information", 4).ok()?;
                let bytes: &[u8; 16] = cursor.array("sockaddr.address").ok()?;
                IpAddr::V6(Ipv6Addr::from(*bytes))
            }
            _ => return None,
        };
        Some(Endpoint::new(address, port))
    }

    /// The address that 4 or 16 bytes, or a number whose bytes lie in network order, are.
    #[must_use]
    pub fn address(self) -> Option<IpAddr> {
        match self {
            Self::Unsigned(number) => Some(IpAddr::V4(Ipv4Addr::from(u32::try_from(number).ok()?.to_le_bytes()))),
            Self::Bytes(bytes) => match *bytes {
                [a, b, c, d] => Some(IpAddr::V4(Ipv4Addr::new(a, b, c, d))),
                _ => Some(IpAddr::V6(Ipv6Addr::from(*<&[u8; 16]>::try_from(bytes).ok()?))),
            },
            _ => None,
        }
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| Some(u16::from_le_bytes(*pair.first_chunk()?)));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
