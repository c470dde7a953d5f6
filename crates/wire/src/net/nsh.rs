//! The network service header, which leads packets through a chain of services (RFC 8300).
//!
//! ```text
//! | version, flags, time to live, words 6 bit: 2 | metadata type 1 | next protocol 1 | path 3, index 1 | metadata .. |
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

const WORDS_MASK: u8 = 0x3f;
/// Base header and path.
const FIXED_BYTES: usize = 8;

/// What a header of services or of VXLAN's extension says comes next (IANA "NSH Next Protocol").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextProtocol(pub u8);

impl NextProtocol {
    /// IPv4.
    pub const IPV4: Self = Self(1);
    /// IPv6.
    pub const IPV6: Self = Self(2);
    /// Ethernet.
    pub const ETHERNET: Self = Self(3);
    /// Another such header.
    pub const SERVICES: Self = Self(4);
    /// MPLS.
    pub const MPLS: Self = Self(5);
}

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; FIXED_BYTES]);

impl<'a> Header<'a> {
    /// Reads the header with its metadata.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for a header shorter than it can be; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let fixed: &[u8; FIXED_BYTES] = cursor.array("nsh.header")?;
        let [_, low, ..] = *fixed;
        let words = low & WORDS_MASK;
        let Some(more) = (usize::from(words) * 4).checked_sub(FIXED_BYTES) else {
            return Err(Stop::Malformed {
                field: "nsh.length",
                number: words.into(),
                offset,
            });
        };
        cursor.skip("nsh.metadata", more)?;
        Ok(Self(fixed))
    }

    /// What follows.
    #[must_use]
    pub const fn next_protocol(&self) -> NextProtocol {
        let [_, _, _, next, ..] = *self.0;
        NextProtocol(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_passed_over() {
        let bytes = [0, 3, 1, 3, 0, 0, 1, 255, 7, 7, 7, 7, 9];
        let mut cursor = Cursor::new(&bytes);
        assert_eq!(
            Header::parse(&mut cursor).unwrap().next_protocol(),
            NextProtocol::ETHERNET
        );
        assert_eq!(cursor.rest(), [9]);
        assert!(matches!(
            Header::parse(&mut Cursor::new(&[0, 1, 1, 1, 0, 0, 0, 0])),
            Err(Stop::Malformed { number: 1, .. })
        ));
    }
}
