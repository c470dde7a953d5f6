//! TLS (RFC 8446, RFC 5246): what a ClientHello says before encryption begins.
//!
//! ```text
//! record    | type 1 | version 2 | length 2 | fragment ... |
//! handshake | type 1 | length 3 | body ... |        may be spread over several records
//! ```

mod client_hello;

pub use client_hello::{ClientHello, Extension, ExtensionType, Extensions};

use std::borrow::Cow;

use whotalks_bytes::Cursor;

use super::{Direction, Probe, Unfinished};
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U8, U16};
    pub(super) const TYPE: U8<0> = U8;
    pub(super) const VERSION: U16<1> = U16;
    pub(super) const LENGTH: U16<3> = U16;
}

/// Bytes of a record's header.
pub const RECORD_HEADER_BYTES: usize = 5;
/// The longest record: 2^14 bytes and what old ciphers add (RFC 5246 6.2.3).
const MOST_RECORD_BYTES: u16 = (1 << 14) + 2048;
/// The longest ClientHello taken. Browsers with post-quantum keys send about 2 KiB.
const MOST_HANDSHAKE_BYTES: usize = 1 << 16;

const HANDSHAKE_CLIENT_HELLO: u8 = 1;
const HANDSHAKE_SERVER_HELLO: u8 = 2;
/// A handshake message's own type and length.
const HANDSHAKE_HEADER_BYTES: usize = 4;

/// A protocol version as it stands in a hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16);

impl Version {
    /// SSL 3.0.
    pub const SSL_3_0: Self = Self(0x0300);
    /// TLS 1.0.
    pub const TLS_1_0: Self = Self(0x0301);
    /// TLS 1.1.
    pub const TLS_1_1: Self = Self(0x0302);
    /// TLS 1.2.
    pub const TLS_1_2: Self = Self(0x0303);
    /// TLS 1.3.
    pub const TLS_1_3: Self = Self(0x0304);
}

/// The content of a record (IANA "TLS ContentType").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentType(pub u8);

impl ContentType {
    /// Change of ciphers.
    pub const CHANGE_CIPHER_SPEC: Self = Self(20);
    /// An alert.
    pub const ALERT: Self = Self(21);
    /// Handshake messages.
    pub const HANDSHAKE: Self = Self(22);
    /// Encrypted data.
    pub const APPLICATION_DATA: Self = Self(23);
}

/// A record's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordHeader<'a>(&'a [u8; RECORD_HEADER_BYTES]);

impl<'a> RecordHeader<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Malformed`] when it cannot be one; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Unfinished> {
        let offset = cursor.offset();
        let header = Self(cursor.array("tls.record")?);
        let plausible = (ContentType::CHANGE_CIPHER_SPEC.0..=ContentType::APPLICATION_DATA.0)
            .contains(&header.content_type().0)
            && field::VERSION.be(header.0) >> 8 == 3
            && header.length() <= MOST_RECORD_BYTES;
        if !plausible {
            let number = header.content_type().0.into();
            return Err(Stop::Malformed {
                field: "tls.record",
                number,
                offset,
            }
            .into());
        }
        Ok(header)
    }

    /// What the record holds.
    #[must_use]
    pub const fn content_type(&self) -> ContentType {
        ContentType(field::TYPE.of(self.0))
    }

    /// How many bytes of it follow.
    #[must_use]
    pub const fn length(&self) -> u16 {
        field::LENGTH.be(self.0)
    }
}

/// The body of the ClientHello that `prefix`, the first bytes of a client, begins with. It is copied only when it is spread
/// over several records. Feed it to [`ClientHello::parse`].
///
/// # Errors
/// [`Unfinished::NeedMore`] until the whole message is there; [`Unfinished::Broken`] when it is something else.
pub fn client_hello_body(prefix: &[u8]) -> Result<Cow<'_, [u8]>, Unfinished> {
    let mut cursor = Cursor::new(prefix);
    let mut joined: Cow<'_, [u8]> = Cow::Borrowed(&[]);
    loop {
        let offset = cursor.offset();
        let header = RecordHeader::parse(&mut cursor)?;
        if header.content_type() != ContentType::HANDSHAKE || header.length() == 0 {
            let number = header.content_type().0.into();
            return Err(Stop::Malformed {
                field: "tls.content_type",
                number,
                offset,
            }
            .into());
        }
        let fragment = cursor.slice("tls.fragment", header.length().into());
        let available = fragment.unwrap_or(cursor.rest());
        if joined.is_empty() {
            joined = Cow::Borrowed(available)
        } else {
            joined.to_mut().extend_from_slice(available)
        }
        let needed = client_hello_bytes(&joined)?;
        if needed.is_some_and(|needed| joined.len() >= needed) {
            return Ok(cut(joined, needed.unwrap_or_default()));
        }
        fragment?;
    }
}

/// How many bytes the handshake message takes with its header, once its header is there.
fn client_hello_bytes(message: &[u8]) -> Result<Option<usize>, Stop> {
    let Some(&[kind, high, middle, low]) = message.first_chunk() else {
        return Ok(None);
    };
    let length = u32::from_be_bytes([0, high, middle, low]) as usize;
    if kind != HANDSHAKE_CLIENT_HELLO || length > MOST_HANDSHAKE_BYTES {
        let offset = RECORD_HEADER_BYTES as u64;
        return Err(Stop::Malformed {
            field: "tls.handshake_type",
            number: kind.into(),
            offset,
        });
    }
    Ok(Some(length + HANDSHAKE_HEADER_BYTES))
}

fn cut(message: Cow<'_, [u8]>, end: usize) -> Cow<'_, [u8]> {
    match message {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(HANDSHAKE_HEADER_BYTES..end).unwrap_or_default()),
        Cow::Owned(bytes) => Cow::Owned(bytes.get(HANDSHAKE_HEADER_BYTES..end).unwrap_or_default().to_vec()),
    }
}

/// Whether a side's first bytes are TLS: a hello, or, where the capture began later, a chain of records.
#[must_use]
pub fn probe(prefix: &[u8], direction: Direction) -> Probe {
    let mut cursor = Cursor::new(prefix);
    let header = match RecordHeader::parse(&mut cursor) {
        Ok(header) => header,
        Err(Unfinished::NeedMore) => return probe_start(prefix),
        Err(Unfinished::Broken(_)) => return Probe::NotMine,
    };
    if header.content_type() == ContentType::HANDSHAKE {
        return probe_handshake(cursor.rest(), direction);
    }
    probe_next_record(header, cursor)
}

/// Whether a side's first bytes are a ClientHello (true) or a ServerHello (false); none when they are neither.
#[must_use]
pub fn is_by_client(prefix: &[u8]) -> Option<bool> {
    let mut cursor = Cursor::new(prefix);
    let header = RecordHeader::parse(&mut cursor).ok()?;
    match (header.content_type(), *cursor.rest().first()?) {
        (ContentType::HANDSHAKE, HANDSHAKE_CLIENT_HELLO) => Some(true),
        (ContentType::HANDSHAKE, HANDSHAKE_SERVER_HELLO) => Some(false),
        _ => None,
    }
}

fn probe_start(prefix: &[u8]) -> Probe {
    match prefix {
        [] | [20..=23] | [20..=23, 3, ..] => Probe::Unsure,
        _ => Probe::NotMine,
    }
}

/// A handshake record of a side begins with its hello, unless the capture began later and all of it is encrypted.
fn probe_handshake(fragment: &[u8], _: Direction) -> Probe {
    match fragment.first() {
        Some(&(HANDSHAKE_CLIENT_HELLO | HANDSHAKE_SERVER_HELLO)) => Probe::Certain,
        Some(_) => Probe::NotMine,
        None => Probe::Unsure,
    }
}

/// A first record that is no handshake counts only when another record, or nothing, follows exactly where it ends.
fn probe_next_record(header: RecordHeader<'_>, mut cursor: Cursor<'_>) -> Probe {
    if cursor.skip("tls.fragment", header.length().into()).is_err() {
        return Probe::Unsure;
    }
    match RecordHeader::parse(&mut cursor) {
        Ok(_) => Probe::Certain,
        Err(Unfinished::NeedMore) => probe_start(cursor.rest()),
        Err(Unfinished::Broken(_)) => Probe::NotMine,
    }
}

#[cfg(test)]
mod tests;
