//! Handshake messages (RFC 8446 4, RFC 5246 7.4).

use whotalks_record::Timestamp;
use whotalks_wire::app::tls;

use super::*;
use crate::FieldId;
use crate::protocols::{dtls, ocsp};

/// Types of handshake messages.
pub(super) const CLIENT_HELLO: u8 = 1;
pub(super) const SERVER_HELLO: u8 = 2;
const NEW_SESSION_TICKET: u8 = 4;
const CERTIFICATE: u8 = 11;
const SERVER_KEY_EXCHANGE: u8 = 12;
const CERTIFICATE_REQUEST: u8 = 13;
const CERTIFICATE_VERIFY: u8 = 15;
const CLIENT_KEY_EXCHANGE: u8 = 16;
const CERTIFICATE_STATUS: u8 = 22;

/// Reads complete messages; how many bytes are left over.
pub(super) fn messages<'a>(bytes: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) -> usize {
    let mut rest = bytes;
    while let (Some(kind), Some(length)) = (rest.u8(0), rest.length(1, 3)) {
        if length > MOST_MESSAGE_BYTES {
            out.present(HANDSHAKE);
            return 0;
        }
        let Some(body) = rest.slice(4, length) else { break };
        message(kind, Bytes(body), context, out);
        rest = rest.from(4 + length);
    }
    rest.len()
}

/// One handshake message; QUIC carries them without records.
pub(crate) fn message<'a>(kind: u8, body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.present(HANDSHAKE);
    out.number(HANDSHAKE_TYPE, Some(kind));
    out.count(HANDSHAKE_LENGTH, body.len());
    content(kind, body, context, out);
}

/// What a message says, without its header.
pub(crate) fn content<'a>(kind: u8, body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        CLIENT_HELLO => client_hello(body, context, out),
        SERVER_HELLO => server_hello(body, context, out),
        NEW_SESSION_TICKET if context.talk.tls.version != TLS_1_3 => ticket(body, out),
        CERTIFICATE if context.talk.tls.version != TLS_1_3 => keys::certificates(body, out),
        SERVER_KEY_EXCHANGE => keys::server(body, &context.talk.tls, out),
        CLIENT_KEY_EXCHANGE => keys::client(body, &context.talk.tls, out),
        CERTIFICATE_REQUEST if context.talk.tls.version != TLS_1_3 => request(body, &context.talk.tls, out),
        CERTIFICATE_VERIFY => keys::verify(body, &context.talk.tls, out),
        CERTIFICATE_STATUS => status(body, out),
        _ => {}
    }
}

/// RFC 6066 8.
fn status<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const OCSP: u8 = 1;
    out.layout(
        body,
        &[
            Place::at(HANDSHAKE_EXTENSIONS_STATUS_REQUEST_TYPE, 0, 1),
            Place::at(HANDSHAKE_OCSP_RESPONSE_LEN, 1, 3),
        ],
    );
    if body.u8(0) == Some(OCSP) {
        ocsp::response(body.from(4), out);
    }
}

/// RFC 5077 3.3.
fn ticket<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        body,
        &[
            Place::at(HANDSHAKE_SESSION_TICKET_LIFETIME_HINT, 0, 4),
            Place::at(HANDSHAKE_SESSION_TICKET_LENGTH, 4, 2),
        ],
    );
    out.bytes(HANDSHAKE_SESSION_TICKET, body.length(4, 2).and_then(|length| body.slice(6, length)));
}

/// Version, random and session, which both hellos begin with. Where they end.
fn hello_start<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    out.layout(
        body,
        &[
            Place::at(HANDSHAKE_VERSION, 0, 2),
            Place::at(HANDSHAKE_RANDOM, 2, 32),
            Place::at(HANDSHAKE_SESSION_ID_LENGTH, 34, 1),
        ],
    );
    let length = body.length(34, 1)?;
    out.bytes(HANDSHAKE_SESSION_ID, body.slice(35, length).filter(|id| !id.is_empty()));
    Some(35 + length)
}

fn random_time<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let seconds = body.be(2, 4);
    out.time(HANDSHAKE_RANDOM_TIME, seconds.map(|seconds| Timestamp::from_seconds(seconds as i64, 0)));
    out.bytes(HANDSHAKE_RANDOM_BYTES, body.slice(6, 28));
}

fn client_hello<'a>(body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    context.talk.to_server = Some(context.way);
    let Some(mut at) = hello_start(body, out) else { return };
    // What QUIC carries is of TLS 1.3 (RFC 9001), whose random has no time.
    if !context.talk.quic.is_open() {
        random_time(body, out);
    }
    let is_datagram = body.u8(0) == Some(dtls::MAJOR_VERSION);
    if is_datagram {
        let Some(end) = dtls::cookie(body, at, out) else { return };
        at = end;
    }
    let Some(bytes) = body.length(at, 2) else { return };
    out.count(HANDSHAKE_CIPHER_SUITES_LENGTH, bytes);
    out.present(HANDSHAKE_CIPHERSUITES);
    numbers(HANDSHAKE_CIPHERSUITE, body.part(at + 2, bytes), 2, out);
    let at = at + 2 + bytes;
    let Some(methods) = body.length(at, 1) else { return };
    out.count(HANDSHAKE_COMP_METHODS_LENGTH, methods);
    out.present(HANDSHAKE_COMP_METHODS);
    numbers(HANDSHAKE_COMP_METHOD, body.part(at + 1, methods), 1, out);
    extension::all(body.from(at + 1 + methods), CLIENT_HELLO, context, out);
    fingerprint(body, is_datagram, out);
}

fn fingerprint(body: Bytes<'_>, is_datagram: bool, out: &mut Out<'_, '_, '_>) {
    if !out.wants(HANDSHAKE_JA3_FULL) && !out.wants(HANDSHAKE_JA3) {
        return;
    }
    let hello = if is_datagram {
        tls::ClientHello::parse_datagram(body.0)
    } else {
        tls::ClientHello::parse(body.0)
    };
    let ja3 = hello.ok().map(|hello| hello.ja3());
    out.made_text(HANDSHAKE_JA3_FULL, || ja3.clone());
    out.made_text(HANDSHAKE_JA3, || ja3.as_deref().map(tls::ja3_hash));
}

fn server_hello<'a>(body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    context.talk.to_server = Some(context.way.other());
    let Some(at) = hello_start(body, out) else { return };
    let hello = tls::ServerHello::parse(body.0).ok();
    if hello.is_none_or(|hello| hello.version().0 != TLS_1_3) {
        random_time(body, out);
    }
    context.talk.tls.version = body.u16(0).unwrap_or_default();
    context.talk.tls.cipher_suite = body.u16(at).unwrap_or_default();
    out.layout(
        body,
        &[
            Place::at(HANDSHAKE_CIPHERSUITE, at, 2),
            Place::at(HANDSHAKE_COMP_METHOD, at + 2, 1),
        ],
    );
    extension::all(body.from(at + 3), SERVER_HELLO, context, out);
    let ja3s = hello.map(|hello| hello.ja3s());
    out.made_text(HANDSHAKE_JA3S_FULL, || ja3s.clone());
    out.made_text(HANDSHAKE_JA3S, || ja3s.as_deref().map(tls::ja3_hash));
}

/// A list of numbers of that many bytes each.
pub(super) fn numbers<'a>(id: FieldId, list: Bytes<'a>, bytes: usize, out: &mut Out<'_, '_, 'a>) {
    if out.wants(id) {
        (0..list.len() / bytes).for_each(|index| out.layout(list, &[Place::at(id, index * bytes, bytes)]));
    }
}

/// RFC 5246 7.4.4: what certificates the server takes, and from whom. Signature algorithms came with TLS 1.2.
fn request<'a>(body: Bytes<'a>, agreed: &Agreed, out: &mut Out<'_, '_, 'a>) {
    let Some(count) = body.length(0, 1) else { return };
    out.count(HANDSHAKE_CERT_TYPES_COUNT, count);
    out.present(HANDSHAKE_CERT_TYPES);
    numbers(HANDSHAKE_CERT_TYPE, body.part(1, count), 1, out);
    let mut rest = body.from(1 + count);
    if keys::names_signatures(agreed) {
        let bytes = rest.length(0, 2).unwrap_or_default();
        extension::signature_algorithms(rest.part(0, 2 + bytes), out);
        rest = rest.from(2 + bytes);
    }
    let Some(bytes) = rest.length(0, 2) else { return };
    out.count(HANDSHAKE_DNAMES_LEN, bytes);
    if bytes == 0 {
        return;
    }
    out.present(HANDSHAKE_DNAMES);
    let mut names = rest.part(2, bytes);
    while let Some(length) = names.length(0, 2) {
        out.count(HANDSHAKE_DNAME_LEN, length);
        out.present(HANDSHAKE_DNAME);
        names = names.from(2 + length);
    }
}
