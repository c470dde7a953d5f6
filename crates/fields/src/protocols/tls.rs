//! Transport Layer Security (RFC 5246, RFC 8446).

use whotalks_record::Timestamp;
use whotalks_wire::app::tls;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place, services};

fields! {
    level Applications;
    PROTOCOL: "tls", protocol, "Transport Layer Security";
    RECORD: "tls.record", none, "Record Layer";
    RECORD_CONTENT_TYPE: "tls.record.content_type", u8, "Content Type" labels "tls-content-type";
    RECORD_OPAQUE_TYPE: "tls.record.opaque_type", u8, "Opaque Type";
    RECORD_VERSION: "tls.record.version", x16, "Version" labels "tls-version";
    RECORD_LENGTH: "tls.record.length", u16, "Length";
    APP_DATA: "tls.app_data", bytes, "Encrypted Application Data";
    APP_DATA_PROTO: "tls.app_data_proto", text, "Application Data Protocol";
    CHANGE_CIPHER_SPEC: "tls.change_cipher_spec", none, "Change Cipher Spec Message";
    ALERT_MESSAGE: "tls.alert_message", none, "Alert Message";
    ALERT_MESSAGE_LEVEL: "tls.alert_message.level", u8, "Level";
    ALERT_MESSAGE_DESC: "tls.alert_message.desc", u8, "Description";
    HANDSHAKE: "tls.handshake", none, "Handshake Protocol";
    HANDSHAKE_TYPE: "tls.handshake.type", u8, "Handshake Message Type" labels "tls-handshake-type";
    HANDSHAKE_LENGTH: "tls.handshake.length", u24, "Length";
    HANDSHAKE_VERSION: "tls.handshake.version", x16, "Version" labels "tls-version";
    HANDSHAKE_RANDOM: "tls.handshake.random", bytes, "Random";
    HANDSHAKE_RANDOM_TIME: "tls.handshake.random_time", time, "GMT Unix Time";
    HANDSHAKE_RANDOM_BYTES: "tls.handshake.random_bytes", bytes, "Random Bytes";
    HANDSHAKE_SESSION_ID_LENGTH: "tls.handshake.session_id_length", u16, "Session ID Length";
    HANDSHAKE_SESSION_ID: "tls.handshake.session_id", bytes, "Session ID";
    HANDSHAKE_CIPHER_SUITES_LENGTH: "tls.handshake.cipher_suites_length", u16, "Cipher Suites Length";
    HANDSHAKE_CIPHERSUITES: "tls.handshake.ciphersuites", none, "Cipher Suites";
    HANDSHAKE_CIPHERSUITE: "tls.handshake.ciphersuite", x16, "Cipher Suite";
    HANDSHAKE_COMP_METHODS_LENGTH: "tls.handshake.comp_methods_length", u8, "Compression Methods Length";
    HANDSHAKE_COMP_METHODS: "tls.handshake.comp_methods", none, "Compression Methods";
    HANDSHAKE_COMP_METHOD: "tls.handshake.comp_method", u8, "Compression Method";
    HANDSHAKE_EXTENSIONS_LENGTH: "tls.handshake.extensions_length", u16, "Extensions Length";
    HANDSHAKE_EXTENSION_TYPE: "tls.handshake.extension.type", u16, "Type";
    HANDSHAKE_EXTENSION_LEN: "tls.handshake.extension.len", u16, "Length";
    HANDSHAKE_EXTENSION_DATA: "tls.handshake.extension.data", bytes, "Data";
    HANDSHAKE_EXTENSIONS_SERVER_NAME_LIST_LEN: "tls.handshake.extensions_server_name_list_len", u16, "Server Name list length";
    HANDSHAKE_EXTENSIONS_SERVER_NAME_LEN: "tls.handshake.extensions_server_name_len", u16, "Server Name length";
    HANDSHAKE_EXTENSIONS_SERVER_NAME_TYPE: "tls.handshake.extensions_server_name_type", u8, "Server Name Type";
    HANDSHAKE_EXTENSIONS_SERVER_NAME: "tls.handshake.extensions_server_name", text, "Server Name";
    HANDSHAKE_EXTENSIONS_ALPN_LEN: "tls.handshake.extensions_alpn_len", u16, "ALPN Extension Length";
    HANDSHAKE_EXTENSIONS_ALPN_LIST: "tls.handshake.extensions_alpn_list", none, "ALPN Protocol";
    HANDSHAKE_EXTENSIONS_ALPN_STR_LEN: "tls.handshake.extensions_alpn_str_len", u8, "ALPN string length";
    HANDSHAKE_EXTENSIONS_ALPN_STR: "tls.handshake.extensions_alpn_str", text, "ALPN Next Protocol";
    HANDSHAKE_EXTENSIONS_SUPPORTED_GROUPS_LENGTH: "tls.handshake.extensions_supported_groups_length", u16, "Supported Groups List Length";
    HANDSHAKE_EXTENSIONS_SUPPORTED_GROUPS: "tls.handshake.extensions_supported_groups", none, "Supported Groups List";
    HANDSHAKE_EXTENSIONS_SUPPORTED_GROUP: "tls.handshake.extensions_supported_group", x16, "Supported Group";
    HANDSHAKE_EXTENSIONS_EC_POINT_FORMATS_LENGTH: "tls.handshake.extensions_ec_point_formats_length", u8, "EC point formats Length";
    HANDSHAKE_EXTENSIONS_EC_POINT_FORMATS: "tls.handshake.extensions_ec_point_formats", none, "EC point formats";
    HANDSHAKE_EXTENSIONS_EC_POINT_FORMAT: "tls.handshake.extensions_ec_point_format", u8, "EC point format";
    HANDSHAKE_EXTENSIONS_SUPPORTED_VERSIONS_LEN: "tls.handshake.extensions.supported_versions_len", u8, "Supported Versions length";
    HANDSHAKE_EXTENSIONS_SUPPORTED_VERSION: "tls.handshake.extensions.supported_version", x16, "Supported Version";
    HANDSHAKE_SIG_HASH_ALG_LEN: "tls.handshake.sig_hash_alg_len", u16, "Signature Hash Algorithms Length";
    HANDSHAKE_SIG_HASH_ALGS: "tls.handshake.sig_hash_algs", none, "Signature Algorithms";
    HANDSHAKE_SIG_HASH_ALG: "tls.handshake.sig_hash_alg", x16, "Signature Algorithm";
    HANDSHAKE_SIG_HASH_HASH: "tls.handshake.sig_hash_hash", u8, "Signature Hash Algorithm Hash";
    HANDSHAKE_SIG_HASH_SIG: "tls.handshake.sig_hash_sig", u8, "Signature Hash Algorithm Signature";
    HANDSHAKE_EXTENSIONS_KEY_SHARE_CLIENT_LENGTH: "tls.handshake.extensions_key_share_client_length", u16, "Client Key Share Length";
    HANDSHAKE_EXTENSIONS_KEY_SHARE_GROUP: "tls.handshake.extensions_key_share_group", u16, "Group";
    HANDSHAKE_EXTENSIONS_KEY_SHARE_KEY_EXCHANGE_LENGTH: "tls.handshake.extensions_key_share_key_exchange_length", u16, "Key Exchange Length";
    HANDSHAKE_EXTENSIONS_KEY_SHARE_KEY_EXCHANGE: "tls.handshake.extensions_key_share_key_exchange", bytes, "Key Exchange";
    HANDSHAKE_EXTENSIONS_RENEG_INFO_LEN: "tls.handshake.extensions_reneg_info_len", u8, "Renegotiation info extension length";
    EXTENSION_PSK_KE_MODES_LENGTH: "tls.extension.psk_ke_modes_length", u8, "PSK Key Exchange Modes Length";
    EXTENSION_PSK_KE_MODE: "tls.extension.psk_ke_mode", u8, "PSK Key Exchange Mode";
    HANDSHAKE_EXTENSIONS_STATUS_REQUEST_TYPE: "tls.handshake.extensions_status_request_type", u8, "Certificate Status Type";
    HANDSHAKE_CERTIFICATES_LENGTH: "tls.handshake.certificates_length", u24, "Certificates Length";
    HANDSHAKE_CERTIFICATES: "tls.handshake.certificates", none, "Certificates";
    HANDSHAKE_CERTIFICATE_LENGTH: "tls.handshake.certificate_length", u24, "Certificate Length";
    HANDSHAKE_CERTIFICATE: "tls.handshake.certificate", bytes, "Certificate";
    HANDSHAKE_JA3: "tls.handshake.ja3", text, "JA3";
    HANDSHAKE_JA3_FULL: "tls.handshake.ja3_full", text, "JA3 Fullstring";
    HANDSHAKE_JA3S: "tls.handshake.ja3s", text, "JA3S";
    HANDSHAKE_JA3S_FULL: "tls.handshake.ja3s_full", text, "JA3S Fullstring";
    HANDSHAKE_SERVER_CURVE_TYPE: "tls.handshake.server_curve_type", x8, "Curve Type";
    HANDSHAKE_SERVER_NAMED_CURVE: "tls.handshake.server_named_curve", x16, "Named Curve";
    HANDSHAKE_SERVER_POINT_LEN: "tls.handshake.server_point_len", u8, "Pubkey Length";
    HANDSHAKE_SERVER_POINT: "tls.handshake.server_point", bytes, "Pubkey";
    HANDSHAKE_CLIENT_POINT_LEN: "tls.handshake.client_point_len", u8, "Pubkey Length";
    HANDSHAKE_CLIENT_POINT: "tls.handshake.client_point", bytes, "Pubkey";
    HANDSHAKE_SIG_LEN: "tls.handshake.sig_len", u16, "Signature Length";
    HANDSHAKE_SIG: "tls.handshake.sig", bytes, "Signature";
    HANDSHAKE_SESSION_TICKET_LIFETIME_HINT: "tls.handshake.session_ticket_lifetime_hint", u32, "Session Ticket Lifetime Hint";
    HANDSHAKE_SESSION_TICKET_LENGTH: "tls.handshake.session_ticket_length", u16, "Session Ticket Length";
    HANDSHAKE_SESSION_TICKET: "tls.handshake.session_ticket", bytes, "Session Ticket";
    HANDSHAKE_CERT_TYPES_COUNT: "tls.handshake.cert_types_count", u8, "Certificate types count";
    HANDSHAKE_CERT_TYPE: "tls.handshake.cert_type", u8, "Certificate Type";
    QUIC_PARAMETER_TYPE: "tls.quic.parameter.type", u64, "Type";
}

/// What was agreed on so far, and handshake messages that are not complete yet.
#[derive(Debug, Default)]
pub(crate) struct Agreed {
    version: u16,
    cipher_suite: u16,
    /// The application protocol the server chose.
    application: Option<Vec<u8>>,
    /// Bytes of messages that go on in the next record, to the server and to the client.
    unfinished: [Vec<u8>; 2],
    /// Whether that side encrypts.
    encrypts: [bool; 2],
}

/// Bytes of a handshake message that are waited for; certificates chains stay far below it.
const MOST_MESSAGE_BYTES: usize = 1 << 18;
const RECORD_HEADER_BYTES: usize = 5;
const TLS_1_3: u16 = 0x0304;

/// Types of records (RFC 8446 5.1).
const TYPE_CHANGE_CIPHER_SPEC: u8 = 20;
const TYPE_ALERT: u8 = 21;
const TYPE_HANDSHAKE: u8 = 22;
const TYPE_APPLICATION_DATA: u8 = 23;

/// Types of handshake messages (RFC 8446 4, RFC 5246 7.4).
const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;
const NEW_SESSION_TICKET: u8 = 4;
const CERTIFICATE: u8 = 11;
const SERVER_KEY_EXCHANGE: u8 = 12;
const CERTIFICATE_REQUEST: u8 = 13;
const CLIENT_KEY_EXCHANGE: u8 = 16;

/// The fields of the records that `records` holds.
pub(crate) fn extract<'a>(records: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, records.0);
    let mut rest = records;
    while let Some(length) = rest.length(3, 2).filter(|_| is_record(rest.0)) {
        record(rest.part(0, RECORD_HEADER_BYTES + length), context, out);
        rest = rest.from(RECORD_HEADER_BYTES + length);
    }
}

fn record<'a>(record: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let Some(kind) = record.u8(0) else { return };
    let body = record.from(RECORD_HEADER_BYTES);
    let is_opaque = kind == TYPE_APPLICATION_DATA && context.talk.tls.version == TLS_1_3;
    out.present(RECORD);
    out.number(if is_opaque { RECORD_OPAQUE_TYPE } else { RECORD_CONTENT_TYPE }, Some(kind));
    out.layout(record, &[Place::at(RECORD_VERSION, 1, 2), Place::at(RECORD_LENGTH, 3, 2)]);
    match kind {
        TYPE_CHANGE_CIPHER_SPEC => {
            out.present(CHANGE_CIPHER_SPEC);
            // In TLS 1.3 it means nothing (RFC 8446 5): a second ClientHello may follow.
            *context.encrypts() = context.talk.tls.version != TLS_1_3;
        }
        TYPE_ALERT => alert(body, out),
        TYPE_HANDSHAKE => handshake_record(body, context, out),
        TYPE_APPLICATION_DATA => {
            out.bytes(APP_DATA, Some(body.0));
            let name = application_name(context);
            out.made_text(APP_DATA_PROTO, || name);
        }
        _ => {}
    }
}

fn alert<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(ALERT_MESSAGE);
    // An encrypted one is longer.
    if body.len() == 2 {
        out.layout(body, &[Place::at(ALERT_MESSAGE_LEVEL, 0, 1), Place::at(ALERT_MESSAGE_DESC, 1, 1)]);
    }
}

/// What is inside, as Wireshark names it: by the protocol that was agreed on, else by the port.
fn application_name(context: &Context<'_>) -> Option<String> {
    let name = match context.talk.tls.application.as_deref() {
        Some(b"h2") => "HyperText Transfer Protocol 2",
        Some(b"http/1.1" | b"http/1.0") => "Hypertext Transfer Protocol",
        _ => PORTS.iter().find(|(port, _)| context.has_port(*port))?.1,
    };
    Some(name.to_owned())
}

/// What Wireshark expects inside TLS on these ports.
const PORTS: [(u16, &str); 8] = [
    (443, "Hypertext Transfer Protocol"),
    (465, "Simple Mail Transfer Protocol"),
    (636, "Lightweight Directory Access Protocol"),
    (853, "Domain Name System"),
    (993, "Internet Message Access Protocol"),
    (995, "Post Office Protocol"),
    (5061, "Session Initiation Protocol"),
    (8883, "MQ Telemetry Transport Protocol"),
];

impl Context<'_> {
    fn encrypts(&mut self) -> &mut bool {
        let to_server = self.is_to_server();
        let [server, client] = &mut self.talk.tls.encrypts;
        if to_server { server } else { client }
    }

    fn unfinished(&mut self) -> &mut Vec<u8> {
        let to_server = self.is_to_server();
        let [server, client] = &mut self.talk.tls.unfinished;
        if to_server { server } else { client }
    }
}

/// Messages that fill records, or go on in the next ones.
fn handshake_record<'a>(body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if *context.encrypts() {
        out.present(HANDSHAKE);
        return;
    }
    let mut earlier = std::mem::take(context.unfinished());
    let left = if earlier.is_empty() {
        messages(body, context, out)
    } else {
        earlier.extend_from_slice(body.0);
        let mut left = 0;
        out.owned(|out| left = messages(Bytes(&earlier), context, out));
        left
    };
    if left > 0 && left <= MOST_MESSAGE_BYTES {
        let all = if earlier.is_empty() { body.0 } else { &earlier };
        *context.unfinished() = all.get(all.len() - left..).unwrap_or_default().to_vec();
    }
}

/// Reads complete messages; how many bytes are left over.
fn messages<'a>(bytes: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) -> usize {
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
    match kind {
        CLIENT_HELLO => client_hello(body, context, out),
        SERVER_HELLO => server_hello(body, context, out),
        NEW_SESSION_TICKET if context.talk.tls.version != TLS_1_3 => {
            out.layout(
                body,
                &[
                    Place::at(HANDSHAKE_SESSION_TICKET_LIFETIME_HINT, 0, 4),
                    Place::at(HANDSHAKE_SESSION_TICKET_LENGTH, 4, 2),
                ],
            );
            out.bytes(HANDSHAKE_SESSION_TICKET, body.length(4, 2).and_then(|length| body.slice(6, length)));
        }
        CERTIFICATE => certificates(body, out),
        SERVER_KEY_EXCHANGE => server_key(body, out),
        CLIENT_KEY_EXCHANGE => client_key(body, context, out),
        CERTIFICATE_REQUEST => request(body, out),
        _ => {}
    }
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
    let Some(at) = hello_start(body, out) else { return };
    let hello = tls::ClientHello::parse(body.0).ok();
    // What QUIC carries is of TLS 1.3 (RFC 9001), whose random has no time.
    if !context.talk.quic.is_open() {
        random_time(body, out);
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
    extensions(body.from(at + 1 + methods), CLIENT_HELLO, context, out);
    let ja3 = hello.map(|hello| hello.ja3());
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
    extensions(body.from(at + 3), SERVER_HELLO, context, out);
    let ja3s = hello.map(|hello| hello.ja3s());
    out.made_text(HANDSHAKE_JA3S_FULL, || ja3s.clone());
    out.made_text(HANDSHAKE_JA3S, || ja3s.as_deref().map(tls::ja3_hash));
}

/// A list of numbers of that many bytes each.
fn numbers<'a>(id: crate::FieldId, list: Bytes<'a>, bytes: usize, out: &mut Out<'_, '_, 'a>) {
    if out.wants(id) {
        (0..list.len() / bytes).for_each(|index| out.layout(list, &[Place::at(id, index * bytes, bytes)]));
    }
}

fn extensions<'a>(all: Bytes<'a>, hello: u8, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let Some(bytes) = all.length(0, 2) else { return };
    out.count(HANDSHAKE_EXTENSIONS_LENGTH, bytes);
    let mut rest = all.part(2, bytes);
    while let (Some(kind), Some(length)) = (rest.u16(0), rest.length(2, 2)) {
        out.number(HANDSHAKE_EXTENSION_TYPE, Some(kind));
        out.count(HANDSHAKE_EXTENSION_LEN, length);
        let data = rest.part(4, length);
        if hello == CLIENT_HELLO {
            client_extension(kind, data, out);
        } else {
            server_extension(kind, data, context, out);
        }
        rest = rest.from(4 + length);
    }
}

/// IANA "TLS ExtensionType Values".
const SERVER_NAME: u16 = 0;
const STATUS_REQUEST: u16 = 5;
const SUPPORTED_GROUPS: u16 = 10;
const EC_POINT_FORMATS: u16 = 11;
const SIGNATURE_ALGORITHMS: u16 = 13;
const APPLICATION_PROTOCOLS: u16 = 16;
const SUPPORTED_VERSIONS: u16 = 43;
const KEY_EXCHANGE_MODES: u16 = 45;
const KEY_SHARE: u16 = 51;
const RENEGOTIATION_INFO: u16 = 0xff01;
const QUIC_PARAMETERS: u16 = 57;

/// Extensions that Wireshark reads in detail, or whose presence is all they say; others are shown as data.
const READ_OTHERWISE: [u16; 17] = [1, 14, 15, 17, 18, 21, 22, 23, 27, 28, 41, 42, 44, 50, 13172, 17513, 17613];

fn client_extension<'a>(kind: u16, data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        SERVER_NAME => server_name(data, out),
        STATUS_REQUEST => out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_STATUS_REQUEST_TYPE, 0, 1)]),
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
        other => extension(other, data, out),
    }
}

fn server_extension<'a>(kind: u16, data: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        SUPPORTED_VERSIONS => {
            context.talk.tls.version = data.u16(0).unwrap_or_default();
            out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_SUPPORTED_VERSION, 0, 2)]);
        }
        KEY_SHARE if data.len() == 2 => out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_KEY_SHARE_GROUP, 0, 2)]),
        KEY_SHARE => key_share(data, out),
        APPLICATION_PROTOCOLS => {
            context.talk.tls.application = data.0.get(3..).map(<[u8]>::to_vec);
            extension(kind, data, out);
        }
        SERVER_NAME | STATUS_REQUEST => {}
        other => extension(other, data, out),
    }
}

/// Extensions that both sides write alike.
fn extension<'a>(kind: u16, data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
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
        RENEGOTIATION_INFO => out.layout(data, &[Place::at(HANDSHAKE_EXTENSIONS_RENEG_INFO_LEN, 0, 1)]),
        QUIC_PARAMETERS => quic_parameters(data, out),
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

fn signature_algorithms<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(data, &[Place::at(HANDSHAKE_SIG_HASH_ALG_LEN, 0, 2)]);
    out.present(HANDSHAKE_SIG_HASH_ALGS);
    (2..data.len()).step_by(2).for_each(|at| signature_algorithm(data.from(at), out));
}

fn signature_algorithm<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
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

/// Pairs of number and value, both in QUIC's variable-length form (RFC 9000 18).
fn quic_parameters<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut at = 0;
    while let Some((kind, after)) = super::quic::variable(data, at) {
        out.number(QUIC_PARAMETER_TYPE, Some(kind));
        let Some((length, after)) = super::quic::variable(data, after) else { return };
        at = after.saturating_add(length.try_into().unwrap_or(usize::MAX));
    }
}

fn certificates<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(bytes) = body.length(0, 3) else { return };
    out.count(HANDSHAKE_CERTIFICATES_LENGTH, bytes);
    if bytes == 0 {
        return;
    }
    out.present(HANDSHAKE_CERTIFICATES);
    let mut rest = body.part(3, bytes);
    while let Some(length) = rest.length(0, 3) {
        out.count(HANDSHAKE_CERTIFICATE_LENGTH, length);
        out.bytes(HANDSHAKE_CERTIFICATE, rest.slice(3, length));
        rest = rest.from(3 + length);
    }
}

/// For elliptic curves (RFC 8422 5.4).
fn server_key<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const NAMED_CURVE: u8 = 3;
    if body.u8(0) != Some(NAMED_CURVE) {
        return;
    }
    out.layout(
        body,
        &[
            Place::at(HANDSHAKE_SERVER_CURVE_TYPE, 0, 1),
            Place::at(HANDSHAKE_SERVER_NAMED_CURVE, 1, 2),
            Place::at(HANDSHAKE_SERVER_POINT_LEN, 3, 1),
        ],
    );
    let Some(length) = body.length(3, 1) else { return };
    out.bytes(HANDSHAKE_SERVER_POINT, body.slice(4, length));
    signature_algorithm(body.from(4 + length), out);
    let at = 6 + length;
    out.layout(body, &[Place::at(HANDSHAKE_SIG_LEN, at, 2)]);
    out.bytes(HANDSHAKE_SIG, body.length(at, 2).and_then(|length| body.slice(at + 2, length)));
}

/// For elliptic curves (RFC 8422 5.7); other key exchanges begin with a length of two bytes.
fn client_key<'a>(body: Bytes<'a>, context: &Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let Some(length) = body.length(0, 1).filter(|length| length + 1 == body.len()) else { return };
    if context.talk.tls.cipher_suite >> 8 == 0 {
        return;
    }
    out.count(HANDSHAKE_CLIENT_POINT_LEN, length);
    out.bytes(HANDSHAKE_CLIENT_POINT, body.slice(1, length));
}

fn request<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(count) = body.length(0, 1) else { return };
    out.count(HANDSHAKE_CERT_TYPES_COUNT, count);
    numbers(HANDSHAKE_CERT_TYPE, body.part(1, count), 1, out);
    let algorithms = body.from(1 + count);
    let bytes = algorithms.length(0, 2).unwrap_or_default();
    signature_algorithms(algorithms.part(0, 2 + bytes), out);
}

fn is_record(bytes: &[u8]) -> bool {
    bytes.first().is_none_or(|kind| (TYPE_CHANGE_CIPHER_SPEC..=24).contains(kind))
        && bytes.get(1).is_none_or(|version| *version == 3)
}

/// How long the record is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    if is_record(bytes) { services::behind(bytes, 3, 2, RECORD_HEADER_BYTES) } else { Length::Unframed }
}

/// Whether a stream begins with a record.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [TYPE_CHANGE_CIPHER_SPEC..=TYPE_APPLICATION_DATA, 3, 0..=4, high, ..] if *high < 0x48)
}
