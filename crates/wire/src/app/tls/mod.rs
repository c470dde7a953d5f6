//! TLS (RFC 8446, RFC 5246) and DTLS (RFC 9147): what is said before encryption begins.
//!
//! | file | what it holds |
//! |---|---|
//! | `record`, `dtls` | the record layers |
//! | `handshake` | messages in records, and the ClientHello that a client begins with |
//! | `client_hello`, `server_hello`, `extension`, `ech` | the hellos |
//! | `server_flight` | what a server answers, up to its certificates |
//! | `certificate` | what a certificate says |
//! | `inside` | what TLS carries, where hello or certificate tell |
//! | `ja3`, `ja4` | fingerprints, made only when asked for |
//!
//! Views borrow the message. A ClientHello is a few slices; its getters walk the extensions.

mod certificate;
mod client_hello;
mod dtls;
mod ech;
mod extension;
mod handshake;
mod inside;
mod ja3;
mod ja4;
mod record;
mod server_flight;
mod server_hello;
mod version;

pub use certificate::{Certificate, certificates, sha1_fingerprint, sha256_fingerprint};
pub use client_hello::ClientHello;
pub use dtls::{
    DatagramHandshake, DatagramRecord, datagram_client_hello, datagram_handshake, datagram_record, probe_datagram,
};
pub use ech::{EchKind, EncryptedClientHello};
pub use extension::{Extension, ExtensionType, Extensions};
pub use handshake::{Handshake, HandshakeType, MOST_HANDSHAKE_BYTES, Messages, client_hello_body, messages};
pub use inside::{IN_TLS, InTls, asks_certificate, by_certificate, by_hello};
pub use ja3::ja3_hash;
pub use record::{Alert, ContentType, RECORD_HEADER_BYTES, Record, RecordHeader, Records, records};
pub use server_flight::{ServerFlight, server_flight};
pub use server_hello::ServerHello;
pub use version::{Version, is_grease};

use whotalks_bytes::Cursor;

use super::{Direction, Probe, Unfinished};

/// What carries a handshake, as the JA4 fingerprint tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// TLS in a stream.
    Tcp,
    /// QUIC.
    Quic,
    /// DTLS.
    Dtls,
}

const HELLO_BY_CLIENT: u8 = HandshakeType::CLIENT_HELLO.0;
const HELLO_BY_SERVER: u8 = HandshakeType::SERVER_HELLO.0;

/// Whether a side's first bytes are TLS: a hello, or, where the capture began later, a chain of records.
#[must_use]
pub fn probe(prefix: &[u8], direction: Direction) -> Probe {
    if prefix.first() == Some(&ContentType::HEARTBEAT.0) {
        return Probe::NotMine;
    }
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
        (ContentType::HANDSHAKE, HELLO_BY_CLIENT) => Some(true),
        (ContentType::HANDSHAKE, HELLO_BY_SERVER) => Some(false),
        _ => None,
    }
}

fn probe_start(prefix: &[u8]) -> Probe {
    match prefix {
        [] | [20..=24] | [20..=24, 3, ..] => Probe::Unsure,
        _ => Probe::NotMine,
    }
}

/// A handshake record of a side begins with its hello, unless the capture began later and all of it is encrypted.
fn probe_handshake(fragment: &[u8], _: Direction) -> Probe {
    match fragment.first() {
        Some(&(HELLO_BY_CLIENT | HELLO_BY_SERVER)) => Probe::Certain,
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
