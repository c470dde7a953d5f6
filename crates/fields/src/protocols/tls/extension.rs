//! Extensions of hellos (IANA "TLS ExtensionType Values").

use super::handshake::{CLIENT_HELLO, numbers};
use super::*;
use crate::protocols::dtls;

const SERVER_NAME: u16 = 0;
const STATUS_REQUEST: u16 = 5;
const SUPPORTED_GROUPS: u16 = 10;
const EC_POINT_FORMATS: u16 = 11;
const SIGNATURE_ALGORITHMS: u16 = 13;
const USE_SRTP: u16 = 14;
const HEARTBEAT: u16 = 15;
const APPLICATION_PROTOCOLS: u16 = 16;
const SIGNED_CERTIFICATE_TIMESTAMP: u16 = 18;
const PADDING: u16 = 21;
const COMPRESS_CERTIFICATE: u16 = 27;
const RECORD_SIZE: u16 = 28;
const PRE_SHARED_KEY: u16 = 41;
const SUPPORTED_VERSIONS: u16 = 43;
const KEY_EXCHANGE_MODES: u16 = 45;
const KEY_SHARE: u16 = 51;
const QUIC_PARAMETERS: u16 = 57;
/// The same while QUIC was a draft.
const QUIC_PARAMETERS_DRAFT: u16 = 0xffa5;
const NEXT_PROTOCOL: u16 = 13172;
const APPLICATION_SETTINGS: u16 = 17513;
const ENCRYPTED_SERVER_NAME: u16 = 0xffce;
const RENEGOTIATION_INFO: u16 = 0xff01;

/// Extensions whose presence is all they say; others that are not read are shown as data.
const READ_OTHERWISE: [u16; 8] = [1, 17, 22, 23, 42, 44, 50, 17613];

/// The list of extensions of a hello.
pub(super) fn all<'a>(all: Bytes<'a>, hello: u8, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let Some(bytes) = all.length(0, 2) else { return };
    out.count(HANDSHAKE_EXTENSIONS_LENGTH, bytes);
    let mut rest = all.part(2, bytes);
    while let (Some(kind), Some(length)) = (rest.u16(0), rest.length(2, 2)) {
        out.number(HANDSHAKE_EXTENSION_TYPE, Some(kind));
        out.count(HANDSHAKE_EXTENSION_LEN, length);
        let data = rest.part(4, length);
        if hello == CLIENT_HELLO {
            client(kind, data, out);
        } else {
            server(kind, data, context, out);
        }
        rest = rest.from(4 + length);
    }
}

fn client<'a>(kind: u16, data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        SERVER_NAME => server_name(data, out),
        STATUS_REQUEST => status_request(data, out),
        SUPPORTED_VERSIONS => {
            out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_SUPPORTED_VERSIONS_LEN, 0, 1)]);
            numbers(HANDSHAKE_EXTENSIONS_SUPPORTED_VERSION, data.from(1), 2, out);
        }
        KEY_EXCHANGE_MODES => {
            out.layout(data, &[Place::at(EXTENSION_PSK_KE_MODES_LENGTH, 0, 1)]);
            numbers(EXTENSION_PSK_KE_MODE, data.from(1), 1, out);
        }
        KEY_SHARE => {
            out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_KEY_SHARE_CLIENT_LENGTH, 0, 2)]);
            let mut rest = data.from(2);
            while let Some(length) = rest.length(2, 2) {
                key_share(rest, out);
                rest = rest.from(4 + length);
            }
        }
        PRE_SHARED_KEY => shared_keys(data, out),
        ENCRYPTED_SERVER_NAME => encrypted_server_name(data, out),
        other => either(other, data, out),
    }
}

fn server<'a>(kind: u16, data: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        SUPPORTED_VERSIONS => {
            context.talk.tls.version = data.u16(0).unwrap_or_default();
            out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_SUPPORTED_VERSION, 0, 2)]);
        }
        // A hello that asks for another one names the group alone.
        KEY_SHARE if data.len() == 2 => {
            out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_KEY_SHARE_SELECTED_GROUP, 0, 2)]);
        }
        KEY_SHARE => key_share(data, out),
        PRE_SHARED_KEY => out.layout(data, &[Place::at(PSK_IDENTITY_SELECTED, 0, 2)]),
        APPLICATION_PROTOCOLS => {
            context.talk.tls.application = data.0.get(3..).map(<[u8]>::to_vec);
            either(kind, data, out);
        }
        NEXT_PROTOCOL => {
            let mut rest = data;
            while let Some(length) = rest.length(0, 1) {
                out.count(HANDSHAKE_EXTENSIONS_NPN_STR_LEN, length);
                out.text(HANDSHAKE_EXTENSIONS_NPN, rest.slice(1, length));
                rest = rest.from(1 + length);
            }
        }
        SERVER_NAME | STATUS_REQUEST => {}
        other => either(other, data, out),
    }
}

/// Extensions that both sides write alike.
fn either<'a>(kind: u16, data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        SUPPORTED_GROUPS => {
            out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_SUPPORTED_GROUPS_LENGTH, 0, 2)]);
            out.present(HANDSHAKE_EXTENSIONS_SUPPORTED_GROUPS);
            numbers(HANDSHAKE_EXTENSIONS_SUPPORTED_GROUP, data.from(2), 2, out);
        }
        EC_POINT_FORMATS => {
            out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_EC_POINT_FORMATS_LENGTH, 0, 1)]);
            out.present(HANDSHAKE_EXTENSIONS_EC_POINT_FORMATS);
            numbers(HANDSHAKE_EXTENSIONS_EC_POINT_FORMAT, data.from(1), 1, out);
        }
        SIGNATURE_ALGORITHMS => signature_algorithms(data, out),
        APPLICATION_PROTOCOLS => application_protocols(data, out),
        USE_SRTP => dtls::use_srtp(data, out),
        HEARTBEAT => out.layout(data, &[Place::at(HANDSHAKE_EXTENSION_HEARTBEAT_MODE, 0, 1)]),
        SIGNED_CERTIFICATE_TIMESTAMP if data.len() > 0 => signed_times(data, out),
        PADDING => out.bytes(HANDSHAKE_EXTENSIONS_PADDING_DATA, Some(data.0)),
        RECORD_SIZE => out.layout(data, &[Place::at(RECORD_SIZE_LIMIT, 0, 2)]),
        COMPRESS_CERTIFICATE => {
            out.layout(data, &[Place::at(COMPRESS_CERTIFICATE_ALGORITHMS_LENGTH, 0, 1)]);
            numbers(COMPRESS_CERTIFICATE_ALGORITHM, data.from(1), 2, out);
        }
        APPLICATION_SETTINGS => application_settings(data, out),
        RENEGOTIATION_INFO => out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_RENEG_INFO_LEN, 0, 1)]),
        QUIC_PARAMETERS | QUIC_PARAMETERS_DRAFT => parameters::extract(data, out),
        NEXT_PROTOCOL | SIGNED_CERTIFICATE_TIMESTAMP => {}
        kind if READ_OTHERWISE.contains(&kind) => {}
        _ => out.bytes(HANDSHAKE_EXTENSION_DATA, Some(data.0)),
    }
}

fn server_name<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_SERVER_NAME_LIST_LEN, 0, 2)]);
    let mut rest = data.from(2);
    while let Some(length) = rest.length(1, 2) {
        out.layout(
            rest,
            &[
                Place::at(HANDSHAKE_EXTENSIONS_SERVER_NAME_TYPE, 0, 1),
                Place::at(HANDSHAKE_EXTENSIONS_SERVER_NAME_LEN, 1, 2),
            ],
        );
        out.text(HANDSHAKE_EXTENSIONS_SERVER_NAME, rest.slice(3, length));
        rest = rest.from(3 + length);
    }
}

/// RFC 6066 8.
fn status_request<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        data,
        &[
            Place::at(HANDSHAKE_EXTENSIONS_STATUS_REQUEST_TYPE, 0, 1),
            Place::at(HANDSHAKE_EXTENSIONS_STATUS_REQUEST_RESPONDER_IDS_LEN, 1, 2),
        ],
    );
    let Some(responders) = data.length(1, 2) else { return };
    out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_STATUS_REQUEST_EXTS_LEN, 3 + responders, 2)]);
}

/// Pairs of hash and signature.
pub(super) fn signature_algorithms<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(data, &[Place::at(HANDSHAKE_SIG_HASH_ALG_LEN, 0, 2)]);
    out.present(HANDSHAKE_SIG_HASH_ALGS);
    (2..data.len()).step_by(2).for_each(|at| signature_algorithm(data.from(at), out));
}

/// One of them.
pub(super) fn signature_algorithm<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        data,
        &[
            Place::at(HANDSHAKE_SIG_HASH_ALG, 0, 2),
            Place::at(HANDSHAKE_SIG_HASH_HASH, 0, 1),
            Place::at(HANDSHAKE_SIG_HASH_SIG, 1, 1),
        ],
    );
}

fn application_protocols<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_ALPN_LEN, 0, 2)]);
    out.present(HANDSHAKE_EXTENSIONS_ALPN_LIST);
    let mut rest = data.from(2);
    while let Some(length) = rest.length(0, 1) {
        out.count(HANDSHAKE_EXTENSIONS_ALPN_STR_LEN, length);
        out.text(HANDSHAKE_EXTENSIONS_ALPN_STR, rest.slice(1, length));
        rest = rest.from(1 + length);
    }
}

/// For which protocols a client has settings (draft-vvv-tls-alps-01).
fn application_settings<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_ALPS_LEN, 0, 2)]);
    out.present(HANDSHAKE_EXTENSIONS_ALPS_ALPN_LIST);
    let mut rest = data.from(2);
    while let Some(length) = rest.length(0, 1) {
        out.count(HANDSHAKE_EXTENSIONS_ALPS_ALPN_STR_LEN, length);
        out.text(HANDSHAKE_EXTENSIONS_ALPS_ALPN_STR, rest.slice(1, length));
        rest = rest.from(1 + length);
    }
}

fn key_share<'a>(entry: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        entry,
        &[
            Place::at(HANDSHAKE_EXTENSIONS_KEY_SHARE_GROUP, 0, 2),
            Place::at(HANDSHAKE_EXTENSIONS_KEY_SHARE_KEY_EXCHANGE_LENGTH, 2, 2),
        ],
    );
    let key = entry.length(2, 2).and_then(|length| entry.slice(4, length));
    out.bytes(HANDSHAKE_EXTENSIONS_KEY_SHARE_KEY_EXCHANGE, key);
}

/// RFC 8446 4.2.11.
fn shared_keys<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(bytes) = data.length(0, 2) else { return };
    out.count(PSK_IDENTITIES_LENGTH, bytes);
    let mut rest = data.part(2, bytes);
    while let Some(length) = rest.length(0, 2) {
        out.count(PSK_IDENTITY_LENGTH, length);
        out.bytes(PSK_IDENTITY, rest.slice(2, length));
        out.layout(rest, &[Place::at(PSK_OBFUSCATED_TICKET_AGE, 2 + length, 4)]);
        rest = rest.from(6 + length);
    }
    let binders = data.from(2 + bytes);
    if binders.len() > 0 {
        out.layout(binders, &[Place::at(PSK_BINDERS_LEN, 0, 2)]);
        out.present(PSK_BINDERS);
    }
}

/// The name as it was hidden before the encrypted hello (draft-ietf-tls-esni-02).
fn encrypted_server_name<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(data, &[Place::at(ESNI_SUITE, 0, 2)]);
    key_share(data.from(2), out);
    let Some(key) = data.length(4, 2) else { return };
    let digest = data.from(6 + key);
    let Some(bytes) = digest.length(0, 2) else { return };
    out.count(ESNI_RECORD_DIGEST_LENGTH, bytes);
    out.bytes(ESNI_RECORD_DIGEST, digest.slice(2, bytes));
    let name = digest.from(2 + bytes);
    out.layout(name, &[Place::at(ESNI_ENCRYPTED_SNI_LENGTH, 0, 2)]);
    out.bytes(ESNI_ENCRYPTED_SNI, name.length(0, 2).and_then(|length| name.slice(2, length)));
}
