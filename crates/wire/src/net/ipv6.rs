//! IPv6 (RFC 8200) and its extension headers.
//!
//! ```text
//! | version 4 bit | traffic class 1 | flow label 20 bit | payload length 2 | next header 1 | hop limit 1 |
//! | source 16 | destination 16 | extension headers: next header 1, length 1, ... | ...
//! ```

use std::net::Ipv6Addr;

use whotalks_bytes::Cursor;
use whotalks_record::IpProtocol;

use super::Fragment;
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{Octets, U8, U16};
    pub(super) const VERSION: U8<0> = U8;
    pub(super) const PAYLOAD_LENGTH: U16<4> = U16;
    pub(super) const NEXT_HEADER: U8<6> = U8;
    pub(super) const HOP_LIMIT: U8<7> = U8;
    pub(super) const SOURCE: Octets<8, 16> = Octets;
    pub(super) const DESTINATION: Octets<24, 16> = Octets;
}

mod fragment_field {
    use whotalks_bytes::fixed::{U8, U16, U32};
    pub(super) const NEXT_HEADER: U8<0> = U8;
    pub(super) const OFFSET_AND_MORE: U16<2> = U16;
    pub(super) const IDENTIFICATION: U32<4> = U32;
}

/// Bytes of the header without extensions.
pub const HEADER_BYTES: usize = 40;

/// "Nothing follows", RFC 8200 4.7.
pub const NO_NEXT_HEADER: IpProtocol = IpProtocol(59);

/// How many extension headers are followed. RFC 8200 4.1 names seven places; longer chains are made to exhaust readers.
const MOST_EXTENSION_HEADERS: u32 = 16;

const HOP_BY_HOP: u8 = 0;
const ROUTING: u8 = 43;
const FRAGMENT: u8 = 44;
const AUTHENTICATION: u8 = 51;
const DESTINATION_OPTIONS: u8 = 60;
const MOBILITY: u8 = 135;
const HOST_IDENTITY: u8 = 139;
const SHIM6: u8 = 140;

/// An IPv6 header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; HEADER_BYTES]);

impl<'a> Header<'a> {
    /// Reads the header, without extensions.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for another version; [`Stop::Short`].
    #[inline]
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let fixed = cursor.array("ipv6.header")?;
        match field::VERSION.of(fixed) >> 4 {
            6 => Ok(Self(fixed)),
            version => Err(Stop::Malformed {
                field: "ipv6.version",
                number: version.into(),
                offset,
            }),
        }
    }

    /// Bytes that follow the header on the wire; 0 in jumbograms (RFC 2675) and where the sending host left it to the
    /// network card, in which case the frame's own length counts.
    #[inline]
    #[must_use]
    pub const fn payload_length(&self) -> u16 {
        field::PAYLOAD_LENGTH.be(self.0)
    }

    /// The first extension header, or what the data holds.
    #[inline]
    #[must_use]
    pub const fn next_header(&self) -> IpProtocol {
        IpProtocol(field::NEXT_HEADER.of(self.0))
    }

    /// How many routers may still pass it on.
    #[inline]
    #[must_use]
    pub const fn hop_limit(&self) -> u8 {
        field::HOP_LIMIT.of(self.0)
    }

    /// Who sent it.
    #[inline]
    #[must_use]
    pub const fn source(&self) -> Ipv6Addr {
        Ipv6Addr::from_octets(field::SOURCE.of(self.0))
    }

    /// Who it was sent to.
    #[inline]
    #[must_use]
    pub const fn destination(&self) -> Ipv6Addr {
        Ipv6Addr::from_octets(field::DESTINATION.of(self.0))
    }
}

/// What a chain of extension headers led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extensions {
    /// What the data holds; in a fragment that is not the first, what the whole datagram's data begins with.
    pub protocol: IpProtocol,
    /// The place in the datagram, if there is a fragment header.
    pub fragment: Option<Fragment>,
}

/// Follows the extension headers from `first`. A fragment that is not the first ends the chain, since what follows it is
/// data out of the middle.
///
/// # Errors
/// [`Stop::TooDeep`]; [`Stop::Short`].
#[inline]
pub fn extensions(first: IpProtocol, cursor: &mut Cursor<'_>) -> Result<Extensions, Stop> {
    let mut found = Extensions {
        protocol: first,
        fragment: None,
    };
    for _ in 0..MOST_EXTENSION_HEADERS {
        match found.protocol.0 {
            HOP_BY_HOP | ROUTING | DESTINATION_OPTIONS | MOBILITY | HOST_IDENTITY | SHIM6 => {
                found.protocol = skip_extension(cursor, 8, 8)?;
            }
            AUTHENTICATION => found.protocol = skip_extension(cursor, 4, 8)?,
            FRAGMENT => read_fragment(cursor, &mut found)?,
            _ => return Ok(found),
        }
        if found.fragment.is_some_and(|fragment| !fragment.is_first()) {
            return Ok(found);
        }
    }
    Err(Stop::TooDeep {
        limit: MOST_EXTENSION_HEADERS,
        offset: cursor.offset(),
    })
}

/// Passes over one header whose length is counted in `unit` bytes beyond the first `base` bytes.
fn skip_extension(cursor: &mut Cursor<'_>, unit: usize, base: usize) -> Result<IpProtocol, Stop> {
    let [next, length] = *cursor.array("ipv6.extension")?;
    cursor.skip("ipv6.extension", usize::from(length) * unit + base - 2)?;
    Ok(IpProtocol(next))
}

fn read_fragment(cursor: &mut Cursor<'_>, found: &mut Extensions) -> Result<(), Stop> {
    let header: &[u8; 8] = cursor.array("ipv6.fragment")?;
    let word = fragment_field::OFFSET_AND_MORE.be(header);
    found.protocol = IpProtocol(fragment_field::NEXT_HEADER.of(header));
    found.fragment = Some(Fragment {
        identification: fragment_field::IDENTIFICATION.be(header),
        // The offset counts 8-byte units in the upper 13 bits, so masking the flags leaves bytes.
        offset: (word & 0xfff8).into(),
        more: word & 1 != 0,
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(first: u8, bytes: &[u8]) -> (Result<Extensions, Stop>, u64) {
        let mut cursor = Cursor::new(bytes);
        (extensions(IpProtocol(first), &mut cursor), cursor.offset())
    }

    #[test]
    fn every_field_of_the_header_is_read() {
        let mut bytes = [0u8; 41];
        bytes[..8].copy_from_slice(&[0x60, 0, 0, 0, 0, 1, 17, 63]);
        bytes[23] = 1;
        bytes[24..26].copy_from_slice(&[0xff, 0x02]);
        let mut cursor = Cursor::new(&bytes);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(
            (header.payload_length(), header.next_header(), header.hop_limit()),
            (1, IpProtocol::UDP, 63)
        );
        assert_eq!(header.source(), "::1".parse::<Ipv6Addr>().unwrap());
        assert_eq!(header.destination(), "ff02::".parse::<Ipv6Addr>().unwrap());
        assert_eq!(cursor.rest().len(), 1);
    }

    #[test]
    fn options_of_all_kinds_are_passed_over() {
        let mut bytes = vec![51, 0, 0, 0, 0, 0, 0, 0];
        bytes.extend([6, 1].iter().chain(&[0; 10]));
        let (found, offset) = follow(0, &bytes);
        assert_eq!(
            found.unwrap(),
            Extensions {
                protocol: IpProtocol::TCP,
                fragment: None
            }
        );
        assert_eq!(offset, 20);
    }

    #[test]
    fn a_later_fragment_ends_the_chain_even_if_it_began_with_options() {
        let (found, offset) = follow(44, &[60, 0, 0x05, 0xa9, 0, 0, 0, 7, 0xff]);
        let fragment = Fragment {
            identification: 7,
            offset: 0x5a8,
            more: true,
        };
        assert_eq!(
            found.unwrap(),
            Extensions {
                protocol: IpProtocol(60),
                fragment: Some(fragment)
            }
        );
        assert_eq!(offset, 8);
    }

    #[test]
    fn an_atomic_fragment_is_a_whole_datagram() {
        let (found, _) = follow(44, &[6, 0, 0, 0, 0, 0, 0, 7]);
        assert!(found.unwrap().fragment.unwrap().is_atomic());
    }

    #[test]
    fn an_endless_chain_ends() {
        let (found, _) = follow(0, &[0; 400]);
        assert_eq!(found, Err(Stop::TooDeep { limit: 16, offset: 128 }));
    }
}
