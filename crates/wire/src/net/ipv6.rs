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
    use whotalks_bytes::fixed::{Octets, U8, U16, U32};
    pub(super) const VERSION: U8<0> = U8;
    pub(super) const FIRST_WORD: U32<0> = U32;
    pub(super) const PAYLOAD_LENGTH: U16<4> = U16;
    pub(super) const NEXT_HEADER: U8<6> = U8;
    pub(super) const HOP_LIMIT: U8<7> = U8;
    pub(super) const SOURCE: Octets<8, 16> = Octets;
    pub(super) const DESTINATION: Octets<24, 16> = Octets;
}

mod fragment_field {
    use whotalks_bytes::fixed::{U16, U32};
    pub(super) const OFFSET_AND_MORE: U16<2> = U16;
    pub(super) const IDENTIFICATION: U32<4> = U32;
}

/// Bytes of the header without extensions.
pub const HEADER_BYTES: usize = 40;

/// "Nothing follows", RFC 8200 4.7.
pub const NO_NEXT_HEADER: IpProtocol = IpProtocol(59);

/// How many extension headers are followed. RFC 8200 4.1 names seven places; longer chains are made to exhaust readers.
pub(crate) const MOST_EXTENSION_HEADERS: u32 = 16;

/// Bytes of a fragment header.
const FRAGMENT_HEADER_BYTES: usize = 8;

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

    /// The version, 6.
    #[must_use]
    pub const fn version(&self) -> u8 {
        field::VERSION.of(self.0) >> 4
    }

    /// The traffic class: code point in the upper six bits, congestion in the lower two.
    #[must_use]
    pub const fn traffic_class(&self) -> u8 {
        // Eight bits are kept.
        (field::FIRST_WORD.be(self.0) >> 20) as u8
    }

    /// The flow label, 20 bits.
    #[must_use]
    pub const fn flow_label(&self) -> u32 {
        field::FIRST_WORD.be(self.0) & 0x000f_ffff
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

/// One extension header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    kind: ExtensionKind,
    bytes: &'a [u8],
}

/// The kind of an extension header, by its protocol number (IANA "IPv6 Extension Header Types").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExtensionKind(pub IpProtocol);

impl ExtensionKind {
    /// Options for every router on the way.
    pub const HOP_BY_HOP: Self = Self(IpProtocol(0));
    /// Routers to pass through.
    pub const ROUTING: Self = Self(IpProtocol(43));
    /// The place in a larger datagram.
    pub const FRAGMENT: Self = Self(IpProtocol(44));
    /// Authentication, RFC 4302.
    pub const AUTHENTICATION: Self = Self(IpProtocol(51));
    /// Options for the receiver.
    pub const DESTINATION_OPTIONS: Self = Self(IpProtocol(60));
    /// Mobility, RFC 6275.
    pub const MOBILITY: Self = Self(IpProtocol(135));
    /// Host identity, RFC 7401.
    pub const HOST_IDENTITY: Self = Self(IpProtocol(139));
    /// Multihoming, RFC 5533.
    pub const SHIM6: Self = Self(IpProtocol(140));

    /// Whether the number is one of an extension header.
    #[inline]
    #[must_use]
    pub const fn is_known(self) -> bool {
        matches!(self.0.0, 0 | 43 | 44 | 51 | 60 | 135 | 139 | 140)
    }

    /// Bytes of a header whose length field says `length`. The one of authentication counts words less two, the others
    /// count pairs of words less one, and the one of fragments has none.
    fn header_bytes(self, length: u8) -> usize {
        match self {
            Self::AUTHENTICATION => (usize::from(length) + 2) * 4,
            Self::FRAGMENT => FRAGMENT_HEADER_BYTES,
            _ => (usize::from(length) + 1) * 8,
        }
    }
}

impl<'a> Extension<'a> {
    /// Reads one header of that kind.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(kind: ExtensionKind, cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let mut ahead = *cursor;
        let [_, length] = *ahead.array("ipv6.extension")?;
        let bytes = cursor.slice("ipv6.extension", kind.header_bytes(length))?;
        Ok(Self { kind, bytes })
    }

    /// Which header it is.
    #[must_use]
    pub const fn kind(&self) -> ExtensionKind {
        self.kind
    }

    /// What follows.
    #[must_use]
    pub fn next_header(&self) -> IpProtocol {
        IpProtocol(self.bytes.first().copied().unwrap_or_default())
    }

    /// The length as written, whose unit depends on the kind.
    #[must_use]
    pub fn length(&self) -> u8 {
        self.bytes.get(1).copied().unwrap_or_default()
    }

    /// The whole header.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The place in the datagram, in a header that is one of fragments.
    #[must_use]
    pub fn fragment(&self) -> Option<Fragment> {
        if self.kind != ExtensionKind::FRAGMENT {
            return None;
        }
        let header: &[u8; FRAGMENT_HEADER_BYTES] = self.bytes.first_chunk()?;
        let word = fragment_field::OFFSET_AND_MORE.be(header);
        Some(Fragment {
            identification: fragment_field::IDENTIFICATION.be(header),
            // The offset counts 8-byte units in the upper 13 bits, so masking the flags leaves bytes.
            offset: (word & 0xfff8).into(),
            more: word & 1 != 0,
        })
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

impl Extensions {
    /// The chain that begins with `first`.
    #[inline]
    #[must_use]
    pub const fn new(first: IpProtocol) -> Self {
        Self {
            protocol: first,
            fragment: None,
        }
    }

    /// Reads the next header, none where the chain has ended. A fragment that is not the first ends it, since what follows
    /// is data out of the middle.
    ///
    /// # Errors
    /// [`Stop::Short`].
    #[inline]
    pub fn next<'a>(&mut self, cursor: &mut Cursor<'a>) -> Result<Option<Extension<'a>>, Stop> {
        let kind = ExtensionKind(self.protocol);
        if !kind.is_known() || self.fragment.is_some_and(|fragment| !fragment.is_first()) {
            return Ok(None);
        }
        let extension = Extension::parse(kind, cursor)?;
        self.protocol = extension.next_header();
        self.fragment = extension.fragment().or(self.fragment);
        Ok(Some(extension))
    }
}

/// Follows the extension headers from `first`.
///
/// # Errors
/// [`Stop::TooDeep`]; [`Stop::Short`].
pub fn extensions(first: IpProtocol, cursor: &mut Cursor<'_>) -> Result<Extensions, Stop> {
    let mut found = Extensions::new(first);
    for _ in 0..MOST_EXTENSION_HEADERS {
        if found.next(cursor)?.is_none() {
            return Ok(found);
        }
    }
    Err(Stop::TooDeep {
        limit: MOST_EXTENSION_HEADERS,
        offset: cursor.offset(),
    })
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
