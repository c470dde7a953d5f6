//! SOCKS 4, 4a and 5 (RFC 1928, RFC 1929): whom a proxy is asked for.
//!
//! ```text
//! 4  client | 4 | command 1 | port 2 | IPv4 4 | user .., 0 | 4a, if the address is 0.0.0.x: name .., 0 |
//!    server | 0 | code 1 | port 2 | IPv4 4 |
//! 5  client | 5 | count 1 | methods .. |   then, if agreed: | 1 | user: length 1, .. | password: length 1, .. |
//!    server | 5 | method 1 |                                | 1 | status 1 |
//!    client | 5 | command 1 | 0 | kind 1 | address .. | port 2 |
//!    server | 5 | code 1 | 0 | kind 1 | address .. | port 2 |
//! ```
//!
//! One side's bytes tell the whole story of that side, since the second message of a SOCKS 5 client begins with 1 when it
//! signs in and with 5 when it does not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use whotalks_bytes::Cursor;

use super::{Direction, Probe, Unfinished};
use crate::Stop;

const VERSION_4: u8 = 4;
const VERSION_5: u8 = 5;
const PASSWORD_VERSION: u8 = 1;
const KIND_IPV4: u8 = 1;
const KIND_NAME: u8 = 3;
const KIND_IPV6: u8 = 4;
/// The answer of version 4 begins with a version of its own.
const VERSION_4_ANSWER: u8 = 0;
const VERSION_4_GRANTED: u8 = 90;
const VERSION_5_GRANTED: u8 = 0;
/// The longest user or name of version 4 looked for; user names are short and domain names have 255 bytes.
const MOST_TEXT_BYTES: usize = 512;

/// Which version of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// 4 and 4a.
    V4,
    /// 5.
    V5,
}

/// What the proxy is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Command(pub u8);

impl Command {
    /// Connect to the target.
    pub const CONNECT: Self = Self(1);
    /// Wait for a connection from the target.
    pub const BIND: Self = Self(2);
    /// Relay datagrams, version 5 only.
    pub const UDP_ASSOCIATE: Self = Self(3);
}

/// Whom the proxy is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host<'a> {
    /// By address.
    Address(IpAddr),
    /// By name.
    Name(&'a [u8]),
}

/// A client's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    /// Which version.
    pub version: Version,
    /// What to do.
    pub command: Command,
    /// With whom.
    pub host: Host<'a>,
    /// On which port.
    pub port: u16,
    /// Bytes of the client's stream up to the end of the request; then the tunnel begins.
    pub bytes: usize,
}

/// A server's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether the tunnel was opened.
    pub granted: bool,
    /// Bytes of the server's stream up to the end of the answer; then the tunnel begins.
    pub bytes: usize,
}

/// Reads the request out of the first bytes of a client.
///
/// # Errors
/// [`Unfinished::NeedMore`] until all of it is there; [`Unfinished::Broken`] when it is no SOCKS, or SOCKS 5 with a way of
/// signing in that is not followed.
pub fn request(client_prefix: &[u8]) -> Result<Request<'_>, Unfinished> {
    let mut cursor = Cursor::new(client_prefix);
    match cursor.u8("socks.version")? {
        VERSION_4 => request_v4(&mut cursor),
        VERSION_5 => request_v5(&mut cursor),
        other => Err(malformed("socks.version", other, 0)),
    }
}

/// Reads the answer out of the first bytes of the server.
///
/// # Errors
/// As [`request`].
pub fn answer(version: Version, server_prefix: &[u8]) -> Result<Answer, Unfinished> {
    let mut cursor = Cursor::new(server_prefix);
    let granted = match version {
        Version::V4 => answer_v4(&mut cursor)?,
        Version::V5 => answer_v5(&mut cursor)?,
    };
    Ok(Answer {
        granted,
        bytes: consumed(&cursor),
    })
}

fn request_v4<'a>(cursor: &mut Cursor<'a>) -> Result<Request<'a>, Unfinished> {
    let command = Command(expect(cursor, "socks4.command", |command| matches!(command, 1 | 2))?);
    let port = cursor.u16_be("socks4.port")?;
    let address = Ipv4Addr::from_octets(*cursor.array("socks4.address")?);
    text(cursor, "socks4.user")?;
    let by_name = address.to_bits() > 0 && address.to_bits() <= 0xff;
    let host = if by_name {
        Host::Name(text(cursor, "socks4.name")?)
    } else {
        Host::Address(address.into())
    };
    Ok(Request {
        version: Version::V4,
        command,
        host,
        port,
        bytes: consumed(cursor),
    })
}

fn request_v5<'a>(cursor: &mut Cursor<'a>) -> Result<Request<'a>, Unfinished> {
    greeting(cursor)?;
    if expect(cursor, "socks5.version", |byte| {
        matches!(byte, PASSWORD_VERSION | VERSION_5)
    })? == PASSWORD_VERSION
    {
        cursor.slice_u8("socks5.user")?;
        cursor.slice_u8("socks5.password")?;
        expect(cursor, "socks5.version", |byte| byte == VERSION_5)?;
    }
    let command = Command(expect(cursor, "socks5.command", |command| matches!(command, 1..=3))?);
    expect(cursor, "socks5.reserved", |byte| byte == 0)?;
    let host = host_v5(cursor)?;
    let port = cursor.u16_be("socks5.port")?;
    Ok(Request {
        version: Version::V5,
        command,
        host,
        port,
        bytes: consumed(cursor),
    })
}

/// The methods a client offers. Only numbers that are assigned or private (RFC 1928 3) make it a greeting.
fn greeting(cursor: &mut Cursor<'_>) -> Result<(), Unfinished> {
    let count = expect(cursor, "socks5.method_count", |count| count > 0)?;
    for _ in 0..count {
        expect(cursor, "socks5.method", |method| matches!(method, 0..=9 | 0x80..=0xfe))?;
    }
    Ok(())
}

fn host_v5<'a>(cursor: &mut Cursor<'a>) -> Result<Host<'a>, Unfinished> {
    Ok(
        match expect(cursor, "socks5.address_kind", |kind| {
            matches!(kind, KIND_IPV4 | KIND_NAME | KIND_IPV6)
        })? {
            KIND_IPV4 => Host::Address(Ipv4Addr::from_octets(*cursor.array("socks5.address")?).into()),
            KIND_IPV6 => Host::Address(Ipv6Addr::from_octets(*cursor.array("socks5.address")?).into()),
            _ => Host::Name(cursor.slice_u8("socks5.name")?),
        },
    )
}

fn answer_v4(cursor: &mut Cursor<'_>) -> Result<bool, Unfinished> {
    expect(cursor, "socks4.answer_version", |byte| byte == VERSION_4_ANSWER)?;
    let code = expect(cursor, "socks4.code", |code| matches!(code, 90..=93))?;
    cursor.skip("socks4.answer", 6)?;
    Ok(code == VERSION_4_GRANTED)
}

fn answer_v5(cursor: &mut Cursor<'_>) -> Result<bool, Unfinished> {
    expect(cursor, "socks5.version", |byte| byte == VERSION_5)?;
    cursor.skip("socks5.method", 1)?;
    if expect(cursor, "socks5.version", |byte| {
        matches!(byte, PASSWORD_VERSION | VERSION_5)
    })? == PASSWORD_VERSION
    {
        cursor.skip("socks5.status", 1)?;
        expect(cursor, "socks5.version", |byte| byte == VERSION_5)?;
    }
    let code = cursor.u8("socks5.code")?;
    expect(cursor, "socks5.reserved", |byte| byte == 0)?;
    host_v5(cursor)?;
    cursor.skip("socks5.port", 2)?;
    Ok(code == VERSION_5_GRANTED)
}

/// One byte that must satisfy `valid`.
fn expect(cursor: &mut Cursor<'_>, field: &'static str, valid: impl Fn(u8) -> bool) -> Result<u8, Unfinished> {
    let offset = cursor.offset();
    let byte = cursor.u8(field)?;
    if valid(byte) {
        Ok(byte)
    } else {
        Err(malformed(field, byte, offset))
    }
}

/// Text up to a zero byte, which is read as well.
fn text<'a>(cursor: &mut Cursor<'a>, field: &'static str) -> Result<&'a [u8], Unfinished> {
    let offset = cursor.offset();
    let rest = cursor.rest();
    let window = rest.get(..MOST_TEXT_BYTES).unwrap_or(rest);
    match window.iter().position(|byte| *byte == 0) {
        Some(end) => {
            let text = cursor.slice(field, end)?;
            cursor.skip(field, 1)?;
            Ok(text)
        }
        None if rest.len() < MOST_TEXT_BYTES => Err(Unfinished::NeedMore),
        None => Err(malformed(field, u8::MAX, offset)),
    }
}

fn malformed(field: &'static str, number: u8, offset: u64) -> Unfinished {
    Stop::Malformed {
        field,
        number: number.into(),
        offset,
    }
    .into()
}

fn consumed(cursor: &Cursor<'_>) -> usize {
    cursor.offset().try_into().unwrap_or(usize::MAX)
}

/// Whether a client's first bytes are SOCKS 5. A greeting alone is too little to be certain.
#[must_use]
pub fn probe_v5(prefix: &[u8], direction: Direction) -> Probe {
    probe(prefix, direction, VERSION_5)
}

/// Whether the side that accepted a connection is the one that asks for a proxy: a host inside of a network calls out, and serves
/// as the proxy for who it called. Only a whole request of version 5 is taken for that.
#[must_use]
pub fn is_reversed(prefix_of_acceptor: &[u8]) -> bool {
    probe(prefix_of_acceptor, Direction::ToServer, VERSION_5) == Probe::Certain
}

/// Whether a client's first bytes are SOCKS 4 or 4a.
#[must_use]
pub fn probe_v4(prefix: &[u8], direction: Direction) -> Probe {
    probe(prefix, direction, VERSION_4)
}

fn probe(prefix: &[u8], direction: Direction, version: u8) -> Probe {
    if direction == Direction::ToClient || prefix.first().is_some_and(|first| *first != version) {
        return Probe::NotMine;
    }
    match request(prefix) {
        Ok(_) => Probe::Certain,
        Err(Unfinished::NeedMore) => Probe::Unsure,
        Err(Unfinished::Broken(_)) => Probe::NotMine,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const V5: &[u8] = b"\x05\x02\x00\x02\x01\x04user\x06secret\x05\x01\x00\x03\x0bexample.com\x01\xbb\x16\x03";
    const V4A: &[u8] = b"\x04\x01\x00\x50\x00\x00\x00\x01me\0example.com\0GET";

    #[test]
    fn version_5_by_name_after_signing_in() {
        let found = request(V5).unwrap();
        assert_eq!((found.version, found.command), (Version::V5, Command::CONNECT));
        assert_eq!(
            (found.host, found.port, found.bytes),
            (Host::Name(b"example.com"), 443, V5.len() - 2)
        );
    }

    #[test]
    fn version_5_by_address_without_signing_in() {
        let found = request(b"\x05\x01\x00\x05\x01\x00\x01\xcb\x00\x71\x4d\x00\x50").unwrap();
        assert_eq!(
            (found.host, found.port),
            (Host::Address("203.0.113.77".parse().unwrap()), 80)
        );
        let ipv6 = [&b"\x05\x01\x00\x05\x03\x00\x04"[..], &[0; 15], &[1, 0, 53]].concat();
        assert_eq!(request(&ipv6).unwrap().host, Host::Address("::1".parse().unwrap()));
        assert_eq!(request(&ipv6).unwrap().command, Command::UDP_ASSOCIATE);
    }

    #[test]
    fn version_4_by_address_and_4a_by_name() {
        let found = request(b"\x04\x01\x01\xbb\xcb\x00\x71\x4d\0").unwrap();
        assert_eq!(
            (found.host, found.port),
            (Host::Address("203.0.113.77".parse().unwrap()), 443)
        );
        let found = request(V4A).unwrap();
        assert_eq!(
            (found.host, found.port, found.bytes),
            (Host::Name(b"example.com"), 80, V4A.len() - 3)
        );
    }

    #[test]
    fn answers_end_where_the_tunnel_begins() {
        let v5 = b"\x05\x02\x01\x00\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00HTTP";
        assert_eq!(
            answer(Version::V5, v5),
            Ok(Answer {
                granted: true,
                bytes: 14
            })
        );
        let refused = b"\x05\x00\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00";
        assert_eq!(
            answer(Version::V5, refused),
            Ok(Answer {
                granted: false,
                bytes: 12
            })
        );
        assert_eq!(
            answer(Version::V4, b"\x00\x5a\0\0\0\0\0\0X"),
            Ok(Answer {
                granted: true,
                bytes: 8
            })
        );
        assert_eq!(
            answer(Version::V4, b"\x00\x5b\0\0\0\0\0\0"),
            Ok(Answer {
                granted: false,
                bytes: 8
            })
        );
    }

    #[test]
    fn a_greeting_alone_is_unsure_and_other_bytes_are_refused() {
        assert_eq!(probe_v5(b"\x05\x01\x00", Direction::ToServer), Probe::Unsure);
        assert_eq!(probe_v5(V5, Direction::ToServer), Probe::Certain);
        assert_eq!(probe_v5(b"\x05\x01\x7f", Direction::ToServer), Probe::NotMine);
        assert_eq!(probe_v5(V5, Direction::ToClient), Probe::NotMine);
        assert_eq!(probe_v4(b"\x04\x09\x00\x50", Direction::ToServer), Probe::NotMine);
        assert!(is_reversed(V5) && !is_reversed(&V5[..5]) && !is_reversed(V4A));
    }

    proptest! {
        #[test]
        fn every_shorter_prefix_needs_more(keep in 0usize..40) {
            for whole in [V5, V4A] {
                let bytes = request(whole).unwrap().bytes;
                let prefix = &whole[..keep.min(whole.len())];
                prop_assert_eq!(request(prefix).is_ok(), prefix.len() >= bytes);
                prop_assert!(request(prefix) == Err(Unfinished::NeedMore) || prefix.len() >= bytes);
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(version in 4u8..=5, bytes: Vec<u8>) {
            let stream = [&[version], &bytes[..]].concat();
            if let Ok(found) = request(&stream) {
                prop_assert!(found.bytes <= stream.len());
            }
            if let Ok(found) = answer(Version::V5, &stream) {
                prop_assert!(found.bytes <= stream.len());
            }
        }
    }
}
