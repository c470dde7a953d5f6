//! ICMP (RFC 792) and ICMPv6 (RFC 4443): type, code, and the packet an error message quotes.
//!
//! ```text
//! | type 1 | code 1 | checksum 2 | depends on the type 4 | quoted packet, in errors ...
//! ```

use std::net::IpAddr;

use whotalks_bytes::Cursor;
use whotalks_record::IpProtocol;

use super::{ipv4, ipv6};
use crate::Stop;
use crate::transport::Ports;

mod field {
    use whotalks_bytes::fixed::{U8, U16, U32};
    pub(super) const TYPE: U8<0> = U8;
    pub(super) const CODE: U8<1> = U8;
    pub(super) const CHECKSUM: U16<2> = U16;
    pub(super) const IDENTIFIER: U16<4> = U16;
    pub(super) const SEQUENCE: U16<6> = U16;
    pub(super) const WORD: U32<4> = U32;
}

/// Bytes of the header.
pub const HEADER_BYTES: usize = 8;

/// An ICMP or ICMPv6 header. Which numbers its type and code are taken from depends on the IP version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; HEADER_BYTES]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("icmp.header")?))
    }

    /// The kind of message.
    #[must_use]
    pub const fn kind(&self) -> u8 {
        field::TYPE.of(self.0)
    }

    /// Its variant.
    #[must_use]
    pub const fn code(&self) -> u8 {
        field::CODE.of(self.0)
    }

    /// The checksum.
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        field::CHECKSUM.be(self.0)
    }

    /// The identifier of echo messages and the like; other kinds have something else there.
    #[must_use]
    pub const fn identifier(&self) -> u16 {
        field::IDENTIFIER.be(self.0)
    }

    /// The sequence number of echo messages and the like; the next hop's MTU in "fragmentation needed".
    #[must_use]
    pub const fn sequence(&self) -> u16 {
        field::SEQUENCE.be(self.0)
    }

    /// The last four bytes: a gateway's address in redirects, the MTU in ICMPv6's "packet too big".
    #[must_use]
    pub const fn word(&self) -> u32 {
        field::WORD.be(self.0)
    }

    /// Whether it is an error, which quotes the packet it complains about; `protocol` is ICMP or ICMPv6.
    #[must_use]
    pub const fn is_error(&self, protocol: IpProtocol) -> bool {
        match protocol {
            IpProtocol::ICMPV6 => matches!(self.kind(), 1..=4),
            _ => matches!(self.kind(), 3 | 4 | 5 | 11 | 12),
        }
    }
}

/// The packet that an error message complains about, as far as it was quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted {
    /// Who had sent it.
    pub source: IpAddr,
    /// Who it had been sent to.
    pub destination: IpAddr,
    /// What it held.
    pub protocol: IpProtocol,
    /// Its ports, for TCP and UDP.
    pub ports: Option<Ports>,
}

/// Reads the packet quoted in an ICMP error, from the bytes after the header.
///
/// # Errors
/// [`Stop`] when not even the addresses are there.
pub fn quoted(payload: &[u8]) -> Result<Quoted, Stop> {
    let mut cursor = Cursor::new(payload);
    match payload.first().map(|byte| byte >> 4) {
        Some(6) => quoted_v6(&mut cursor),
        _ => quoted_v4(&mut cursor),
    }
}

fn quoted_v4(cursor: &mut Cursor<'_>) -> Result<Quoted, Stop> {
    let header = ipv4::Header::parse(cursor)?;
    Ok(Quoted {
        source: header.source().into(),
        destination: header.destination().into(),
        protocol: header.protocol(),
        ports: ports(header.protocol(), cursor),
    })
}

fn quoted_v6(cursor: &mut Cursor<'_>) -> Result<Quoted, Stop> {
    let header = ipv6::Header::parse(cursor)?;
    let protocol = ipv6::extensions(header.next_header(), cursor).map_or(header.next_header(), |found| found.protocol);
    Ok(Quoted {
        source: header.source().into(),
        destination: header.destination().into(),
        protocol,
        ports: ports(protocol, cursor),
    })
}

fn ports(protocol: IpProtocol, cursor: &Cursor<'_>) -> Option<Ports> {
    matches!(protocol, IpProtocol::TCP | IpProtocol::UDP)
        .then(|| Ports::peek(cursor.rest()))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_read() {
        let header = Header::parse(&mut Cursor::new(&[3, 13, 0, 1, 0, 2, 0, 3])).unwrap();
        assert_eq!((header.kind(), header.code(), header.checksum()), (3, 13, 1));
        assert_eq!(
            (header.identifier(), header.sequence(), header.word()),
            (2, 3, 0x2_0003)
        );
    }

    #[test]
    fn what_an_error_is_depends_on_the_version() {
        let kind = |kind| {
            Header::parse(&mut Cursor::new(&[kind, 0, 0, 0, 0, 0, 0, 0]))
                .map(|header| (header.is_error(IpProtocol::ICMP), header.is_error(IpProtocol::ICMPV6)))
        };
        assert_eq!(kind(11), Ok((true, false)));
        assert_eq!(kind(1), Ok((false, true)));
    }

    #[test]
    fn an_error_quotes_the_flow_it_is_about() {
        let mut payload = vec![0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 192, 0, 2, 9];
        payload.extend([0xc0, 0x01, 0x01, 0xbb, 0, 0, 0, 0]);
        let quoted = quoted(&payload).unwrap();
        assert_eq!(quoted.destination.to_string(), "192.0.2.9");
        assert_eq!(
            quoted.ports,
            Some(Ports {
                source: 0xc001,
                destination: 443
            })
        );
    }

    #[test]
    fn a_quote_without_ports_still_gives_the_addresses() {
        let payload = [0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 192, 0, 2, 9, 0xc0];
        assert_eq!(quoted(&payload).unwrap().ports, None);
        assert!(quoted(&payload[..19]).is_err());
    }
}
