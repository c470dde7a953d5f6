//! Teredo (RFC 4380): IPv6 in UDP through address translators.
//!
//! ```text
//! | 0, 1, lengths 1 + 1, client, authentication, nonce 8, confirmation 1: may be left out |
//! | 0, 0, port 2, address 4 (all inverted): may be left out | IPv6 ...
//! ```

use whotalks_bytes::Cursor;
use whotalks_record::IpProtocol;

use super::ipv6::NO_NEXT_HEADER;
use crate::Stop;

/// The UDP port of servers and relays.
pub const PORT: u16 = 3544;

const ORIGIN: [u8; 2] = [0, 0];
const AUTHENTICATION: [u8; 2] = [0, 1];
/// Nonce and confirmation.
const AUTHENTICATION_TAIL_BYTES: usize = 9;
/// The bytes of the IPv6 header that its payload length does not count.
const IPV6_HEADER_BYTES: usize = 40;

/// What stands before the IPv6 packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    origin: Option<&'a [u8; 6]>,
    has_authentication: bool,
}

impl<'a> Header<'a> {
    /// Reads both indications and looks whether an IPv6 packet follows that is as long as the rest of the datagram, of which
    /// `wire_bytes` were on the wire.
    ///
    /// # Errors
    /// [`Stop::Unknown`] if none does; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>, wire_bytes: u32) -> Result<Self, Stop> {
        let start = cursor.offset();
        let has_authentication = cursor.rest().starts_with(&AUTHENTICATION);
        if has_authentication {
            let [_, _, client, value] = *cursor.array("teredo.authentication")?;
            let bytes = usize::from(client) + usize::from(value) + AUTHENTICATION_TAIL_BYTES;
            cursor.skip("teredo.authentication", bytes)?;
        }
        let mut origin = None;
        if cursor.rest().starts_with(&ORIGIN) {
            cursor.skip("teredo.origin", ORIGIN.len())?;
            origin = Some(cursor.array("teredo.origin")?);
        }
        let left = u64::from(wire_bytes).saturating_sub(cursor.offset().saturating_sub(start));
        check_ipv6(*cursor, left)?;
        Ok(Self {
            origin,
            has_authentication,
        })
    }

    /// The port that the client has outside, as the server saw it.
    #[must_use]
    pub fn origin_port(&self) -> Option<u16> {
        self.origin.map(|&[a, b, ..]| !u16::from_be_bytes([a, b]))
    }

    /// The address that the client has outside, as the server saw it.
    #[must_use]
    pub fn origin_address(&self) -> Option<std::net::Ipv4Addr> {
        self.origin
            .map(|&[_, _, a, b, c, d]| std::net::Ipv4Addr::from_bits(!u32::from_be_bytes([a, b, c, d])))
    }

    /// Whether there is an authentication.
    #[must_use]
    pub const fn has_authentication(&self) -> bool {
        self.has_authentication
    }
}

fn check_ipv6(mut cursor: Cursor<'_>, left: u64) -> Result<(), Stop> {
    let offset = cursor.offset();
    let [first, _, _, _, high, low, next, _] = *cursor.array("teredo.ipv6")?;
    let stated = u64::from(u16::from_be_bytes([high, low])).saturating_add(IPV6_HEADER_BYTES as u64);
    // A bubble, which has no data, may be followed by trailers (RFC 6081 4).
    let is_bubble = stated == IPV6_HEADER_BYTES as u64 && IpProtocol(next) == NO_NEXT_HEADER && stated < left;
    if first >> 4 == 6 && (stated == left || is_bubble) {
        return Ok(());
    }
    Err(Stop::Unknown {
        field: "teredo.ipv6",
        number: first.into(),
        offset,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ipv6() -> Vec<u8> {
        [&[0x60, 0, 0, 0, 0, 0, 59, 21][..], &[0; 32]].concat()
    }

    fn read(bytes: &[u8]) -> Result<(Header<'_>, usize), Stop> {
        let mut cursor = Cursor::new(bytes);
        let header = Header::parse(&mut cursor, u32::try_from(bytes.len()).unwrap())?;
        Ok((header, cursor.rest().len()))
    }

    #[test]
    fn both_indications_may_be_there_or_not() {
        let plain = ipv6();
        assert_eq!(read(&plain).unwrap().1, 40);
        let origin = [&[0, 0, 0xff, 0xfe, 0x3f, 0xff, 0xfd, 0xfe][..], &ipv6()].concat();
        let authentication = [&[0, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0][..], &origin].concat();
        let (header, rest) = read(&authentication).unwrap();
        assert_eq!((header.has_authentication(), rest), (true, 40));
        assert_eq!(header.origin_port(), Some(1));
        assert_eq!(header.origin_address().unwrap().to_string(), "192.0.2.1");
    }

    #[test]
    fn trailers_may_follow_a_bubble() {
        let trailer = [1, 4, 0x77, 0xa0, 0x5e, 0x76];
        assert_eq!(read(&[&ipv6()[..], &trailer].concat()).unwrap().1, 46);
    }

    #[test]
    fn a_datagram_without_a_packet_of_its_length_is_something_else() {
        let mut packet = ipv6();
        packet[6] = 17;
        assert!(read(&[&packet[..], &[0]].concat()).is_err());
        assert!(read(b"nothing of the kind").is_err());
    }
}
