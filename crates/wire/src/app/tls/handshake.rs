//! Handshake messages (RFC 8446 4, RFC 5246 7.4), which may be spread over several records.
//!
//! ```text
//! | type 1 | length 3 | body ... |
//! ```

use std::borrow::Cow;

use whotalks_bytes::Cursor;

use super::record::{ContentType, records};
use crate::Stop;
use crate::app::Unfinished;

/// The longest message taken. Browsers with post-quantum keys send hellos of 2 KiB, servers chains of 5 KiB.
pub const MOST_HANDSHAKE_BYTES: usize = 1 << 16;
/// A message's own type and length.
const HANDSHAKE_HEADER_BYTES: usize = 4;

/// The type of a handshake message (IANA "TLS HandshakeType").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandshakeType(pub u8);

impl HandshakeType {
    /// The server asks for a new handshake (TLS 1.2).
    pub const HELLO_REQUEST: Self = Self(0);
    /// What the client offers.
    pub const CLIENT_HELLO: Self = Self(1);
    /// What the server chose.
    pub const SERVER_HELLO: Self = Self(2);
    /// DTLS: the client must prove its address.
    pub const HELLO_VERIFY_REQUEST: Self = Self(3);
    /// A session ticket.
    pub const NEW_SESSION_TICKET: Self = Self(4);
    /// A chain of certificates.
    pub const CERTIFICATE: Self = Self(11);
    /// The server's key exchange (TLS 1.2).
    pub const SERVER_KEY_EXCHANGE: Self = Self(12);
    /// The server asks for a certificate.
    pub const CERTIFICATE_REQUEST: Self = Self(13);
    /// The server has said all (TLS 1.2).
    pub const SERVER_HELLO_DONE: Self = Self(14);
    /// The client's key exchange (TLS 1.2).
    pub const CLIENT_KEY_EXCHANGE: Self = Self(16);
    /// A stapled answer about revocation.
    pub const CERTIFICATE_STATUS: Self = Self(22);
}

/// A handshake message, or as much of the last one as is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handshake<'a> {
    /// Its type.
    pub kind: HandshakeType,
    /// How long its body is said to be.
    pub length: u32,
    /// What is there of its body.
    pub body: &'a [u8],
}

impl Handshake<'_> {
    /// Whether the whole body is there.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.body.len() >= self.length as usize
    }
}

/// Handshake messages one after the other, as they stand in the joined fragments of records or in the CRYPTO stream of QUIC.
/// Behind a change of ciphers they are encrypted and their types mean nothing.
#[derive(Debug, Clone, Copy)]
pub struct Messages<'a>(Cursor<'a>);

/// The messages in `bytes`, which begin with a message.
#[must_use]
pub const fn messages(bytes: &[u8]) -> Messages<'_> {
    Messages(Cursor::new(bytes))
}

impl<'a> Iterator for Messages<'a> {
    type Item = Handshake<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let kind = HandshakeType(self.0.u8("tls.handshake_type").ok()?);
        let length = self.0.u24_be("tls.handshake_length").ok()?;
        let there = self.0.rest().len().min(length as usize);
        let body = self.0.slice("tls.handshake_body", there).ok()?;
        Some(Handshake { kind, length, body })
    }
}

/// The body of the ClientHello that `prefix`, the first bytes of a client, begins with. It is copied only when it is spread
/// over several records. Feed it to [`super::ClientHello::parse`].
///
/// # Errors
/// [`Unfinished::NeedMore`] until the whole message is there; [`Unfinished::Broken`] when it is something else.
pub fn client_hello_body(prefix: &[u8]) -> Result<Cow<'_, [u8]>, Unfinished> {
    let mut joined: Cow<'_, [u8]> = Cow::Borrowed(&[]);
    let mut records = records(prefix);
    loop {
        let record = records.read()?;
        if record.header.content_type() != ContentType::HANDSHAKE || record.header.length() == 0 {
            return Err(malformed(
                "tls.content_type",
                record.header.content_type().0,
                record.offset,
            ));
        }
        join(&mut joined, record.fragment);
        if let Some(needed) = client_hello_bytes(&joined)?.filter(|needed| joined.len() >= *needed) {
            return Ok(cut(joined, needed));
        }
        if !record.is_complete() {
            return Err(Unfinished::NeedMore);
        }
    }
}

/// Puts fragments together; the first one stays borrowed.
pub(super) fn join<'a>(joined: &mut Cow<'a, [u8]>, fragment: &'a [u8]) {
    if joined.is_empty() {
        *joined = Cow::Borrowed(fragment)
    } else {
        joined.to_mut().extend_from_slice(fragment)
    }
}

/// How many bytes the ClientHello takes with its header, once its header is there.
fn client_hello_bytes(message: &[u8]) -> Result<Option<usize>, Unfinished> {
    let Some(&[kind, high, middle, low]) = message.first_chunk() else {
        return Ok(None);
    };
    let length = u32::from_be_bytes([0, high, middle, low]) as usize;
    if kind != HandshakeType::CLIENT_HELLO.0 || length > MOST_HANDSHAKE_BYTES {
        return Err(malformed("tls.handshake_type", kind, super::RECORD_HEADER_BYTES as u64));
    }
    Ok(Some(length + HANDSHAKE_HEADER_BYTES))
}

fn malformed(field: &'static str, number: u8, offset: u64) -> Unfinished {
    Unfinished::Broken(Stop::Malformed {
        field,
        number: number.into(),
        offset,
    })
}

fn cut(message: Cow<'_, [u8]>, end: usize) -> Cow<'_, [u8]> {
    match message {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(HANDSHAKE_HEADER_BYTES..end).unwrap_or_default()),
        Cow::Owned(mut bytes) => {
            bytes.truncate(end);
            Cow::Owned(bytes.split_off(HANDSHAKE_HEADER_BYTES.min(bytes.len())))
        }
    }
}
