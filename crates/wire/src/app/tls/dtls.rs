//! DTLS (RFC 9147 4, RFC 6347 4.1): TLS in datagrams, which count their records and the pieces of their messages.
//!
//! ```text
//! record    | type 1 | version 2 | epoch 2 | sequence 6 | length 2 | fragment ... |
//! handshake | type 1 | length 3 | message 2 | offset 3 | length 3 | body ... |
//! ```

use whotalks_bytes::Cursor;

use super::{ContentType, HandshakeType, Version};
use crate::Stop;
use crate::app::{Direction, Probe, Unfinished};

/// A record of a datagram whose content is not encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatagramRecord<'a> {
    /// What it holds.
    pub content_type: ContentType,
    /// The version of the record layer.
    pub version: Version,
    /// Which keys; 0 before there are any.
    pub epoch: u16,
    /// Its number within the epoch.
    pub sequence: u64,
    /// Its content.
    pub fragment: &'a [u8],
}

/// A piece of a handshake message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatagramHandshake<'a> {
    /// The type of the message.
    pub kind: HandshakeType,
    /// The length of the whole message.
    pub length: u32,
    /// The number of the message.
    pub message: u16,
    /// Where the piece begins in the message.
    pub offset: u32,
    /// The piece.
    pub fragment: &'a [u8],
}

/// Reads the next record of a datagram.
///
/// # Errors
/// [`Unfinished::NeedMore`] when it is cut off, [`Unfinished::Broken`] when it is something else.
pub fn datagram_record<'a>(cursor: &mut Cursor<'a>) -> Result<DatagramRecord<'a>, Unfinished> {
    let offset = cursor.offset();
    let content_type = ContentType(cursor.u8("dtls.content_type")?);
    if !(ContentType::CHANGE_CIPHER_SPEC.0..=ContentType::HEARTBEAT.0).contains(&content_type.0) {
        return Err(malformed("dtls.content_type", content_type.0.into(), offset));
    }
    let version = Version(cursor.u16_be("dtls.version")?);
    if !matches!(version, Version::DTLS_1_0 | Version::DTLS_1_2) {
        return Err(malformed("dtls.version", version.0.into(), offset));
    }
    let epoch = cursor.u16_be("dtls.epoch")?;
    let [a, b, c, d, e, f] = *cursor.array("dtls.sequence")?;
    Ok(DatagramRecord {
        content_type,
        version,
        epoch,
        sequence: u64::from_be_bytes([0, 0, a, b, c, d, e, f]),
        fragment: cursor.slice_u16_be("dtls.fragment")?,
    })
}

fn malformed(field: &'static str, number: u32, offset: u64) -> Unfinished {
    Unfinished::Broken(Stop::Malformed { field, number, offset })
}

/// Reads the piece of a message that a record begins with.
///
/// # Errors
/// [`Unfinished::NeedMore`] when it is cut off.
pub fn datagram_handshake<'a>(cursor: &mut Cursor<'a>) -> Result<DatagramHandshake<'a>, Unfinished> {
    let kind = HandshakeType(cursor.u8("dtls.handshake_type")?);
    let length = cursor.u24_be("dtls.length")?;
    let message = cursor.u16_be("dtls.message_sequence")?;
    let offset = cursor.u24_be("dtls.fragment_offset")?;
    let fragment_length = cursor.u24_be("dtls.fragment_length")?;
    Ok(DatagramHandshake {
        kind,
        length,
        message,
        offset,
        fragment: cursor.slice("dtls.fragment", fragment_length as usize)?,
    })
}

/// The body of the ClientHello that a datagram begins with, where it is in one piece. Feed it to
/// [`super::ClientHello::parse_datagram`].
#[must_use]
pub fn datagram_client_hello(datagram: &[u8]) -> Option<&[u8]> {
    let record = datagram_record(&mut Cursor::new(datagram)).ok()?;
    if record.content_type != ContentType::HANDSHAKE || record.epoch != 0 {
        return None;
    }
    let piece = datagram_handshake(&mut Cursor::new(record.fragment)).ok()?;
    let whole = piece.offset == 0 && piece.fragment.len() as u64 == u64::from(piece.length);
    (piece.kind == HandshakeType::CLIENT_HELLO && whole).then_some(piece.fragment)
}

/// Whether a datagram is DTLS: a chain of records that fills it.
#[must_use]
pub fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    let mut cursor = Cursor::new(datagram);
    match datagram_record(&mut cursor) {
        Ok(_) if cursor.is_empty() => Probe::Certain,
        Ok(_) => match datagram_record(&mut cursor) {
            Ok(_) => Probe::Certain,
            Err(Unfinished::NeedMore) => Probe::Unsure,
            // TLS 1.3 writes short headers once there are keys (RFC 9147 4).
            Err(Unfinished::Broken(_)) if cursor.rest().first().is_some_and(|first| first >> 5 == 1) => Probe::Certain,
            Err(Unfinished::Broken(_)) => Probe::NotMine,
        },
        Err(Unfinished::NeedMore) => Probe::Unsure,
        Err(Unfinished::Broken(_)) => Probe::NotMine,
    }
}
