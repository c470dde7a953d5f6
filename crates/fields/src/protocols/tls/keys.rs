//! How keys are exchanged, and how an end proves who it is (RFC 5246 7.4, RFC 8422 5).

use whotalks_record::Timestamp;

use super::extension::signature_algorithm;
use super::*;
use crate::FieldId;
use crate::protocols::x509;

/// How the keys of a cipher suite come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exchange {
    /// The client encrypts the secret for the server.
    Rsa,
    /// Both exchange numbers (Diffie and Hellman); the server signs its own.
    DiffieHellman,
    /// The same, and nobody signs.
    Anonymous,
    /// Both exchange points of a curve.
    Curve,
    Other,
}

impl Exchange {
    /// That of a cipher suite (IANA "TLS Cipher Suites").
    const fn of(suite: u16) -> Self {
        match suite {
            0x0017..=0x001b | 0x0034 | 0x003a | 0x0046 | 0x006c | 0x006d | 0x0089 | 0x009b | 0x00a6 | 0x00a7 | 0x00bf
            | 0x00c5 => Self::Anonymous,
            0x0011..=0x0016
            | 0x0032
            | 0x0033
            | 0x0038
            | 0x0039
            | 0x0040
            | 0x0044
            | 0x0045
            | 0x0067
            | 0x006a
            | 0x006b
            | 0x0087
            | 0x0088
            | 0x0099
            | 0x009a
            | 0x009e
            | 0x009f
            | 0x00a2
            | 0x00a3
            | 0x00bd
            | 0x00be
            | 0x00c3
            | 0x00c4
            | 0xc09e
            | 0xc09f
            | 0xc0a2
            | 0xc0a3
            | 0xccaa => Self::DiffieHellman,
            0x0001..=0x000a
            | 0x002f
            | 0x0035
            | 0x003b..=0x003d
            | 0x0041
            | 0x0060..=0x0062
            | 0x0064
            | 0x0084
            | 0x0096
            | 0x009c
            | 0x009d
            | 0x00ba
            | 0x00c0
            | 0xc09c
            | 0xc09d
            | 0xc0a0
            | 0xc0a1
            | 0xfefe
            | 0xfeff => Self::Rsa,
            0xc001..=0xc019 | 0xc023..=0xc032 | 0xc072..=0xc079 | 0xc086..=0xc08d | 0xc0ac..=0xc0af | 0xcca8 | 0xcca9
            | 0xcc13 | 0xcc14 => Self::Curve,
            _ => Self::Other,
        }
    }
}

const TLS_1_2: u16 = 0x0303;
const DTLS_1_2: u16 = 0xfefd;
const SSL_3_0: u16 = 0x0300;

/// Whether signatures say their algorithm, which came with TLS 1.2.
pub(super) const fn names_signatures(agreed: &Agreed) -> bool {
    // Before the server spoke the newer form is the likelier one.
    matches!(agreed.version, 0 | TLS_1_2 | DTLS_1_2)
}

/// Certificates, the sender's own first.
pub(super) fn certificates<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(bytes) = body.length(0, 3) else { return };
    out.count(HANDSHAKE_CERTIFICATES_LENGTH, bytes);
    if bytes == 0 {
        return;
    }
    out.present(HANDSHAKE_CERTIFICATES);
    let mut rest = body.part(3, bytes);
    while let Some(length) = rest.length(0, 3) {
        out.count(HANDSHAKE_CERTIFICATE_LENGTH, length);
        let certificate = rest.slice(3, length);
        out.bytes(HANDSHAKE_CERTIFICATE, certificate);
        x509::extract(Bytes(certificate.unwrap_or_default()), out);
        rest = rest.from(3 + length);
    }
}

/// A number behind its length of `width` bytes. What is left.
fn sized<'a>(rest: Bytes<'a>, width: usize, (length, value): (FieldId, FieldId), out: &mut Out<'_, '_, 'a>) -> Bytes<'a> {
    let Some(bytes) = rest.length(0, width) else { return Bytes::default() };
    out.count(length, bytes);
    out.bytes(value, rest.slice(width, bytes));
    rest.from(width + bytes)
}

/// ServerKeyExchange.
pub(super) fn server<'a>(body: Bytes<'a>, agreed: &Agreed, out: &mut Out<'_, '_, 'a>) {
    let exchange = Exchange::of(agreed.cipher_suite);
    let rest = match exchange {
        Exchange::Curve => curve(body, out),
        Exchange::DiffieHellman | Exchange::Anonymous => {
            let rest = sized(body, 2, (HANDSHAKE_P_LEN, HANDSHAKE_P), out);
            let rest = sized(rest, 2, (HANDSHAKE_G_LEN, HANDSHAKE_G), out);
            sized(rest, 2, (HANDSHAKE_YS_LEN, HANDSHAKE_YS), out)
        }
        Exchange::Rsa => {
            let rest = sized(body, 2, (HANDSHAKE_MODULUS_LEN, HANDSHAKE_MODULUS), out);
            sized(rest, 2, (HANDSHAKE_EXPONENT_LEN, HANDSHAKE_EXPONENT), out)
        }
        Exchange::Other => return,
    };
    // The curve suites without a name for the server come last in their block.
    let is_unsigned = exchange == Exchange::Anonymous || matches!(agreed.cipher_suite, 0xc015..=0xc019);
    if !is_unsigned {
        signature(rest, (HANDSHAKE_SIG_LEN, HANDSHAKE_SIG), agreed, out);
    }
}

/// Curve and point of a server. What is left.
fn curve<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> Bytes<'a> {
    const NAMED_CURVE: u8 = 3;
    if body.u8(0) != Some(NAMED_CURVE) {
        return Bytes::default();
    }
    out.layout(
        body,
        &[
            Place::at(HANDSHAKE_SERVER_CURVE_TYPE, 0, 1),
            Place::at(HANDSHAKE_SERVER_NAMED_CURVE, 1, 2),
        ],
    );
    sized(body.from(3), 1, (HANDSHAKE_SERVER_POINT_LEN, HANDSHAKE_SERVER_POINT), out)
}

fn signature<'a>(rest: Bytes<'a>, ids: (FieldId, FieldId), agreed: &Agreed, out: &mut Out<'_, '_, 'a>) {
    let mut rest = rest;
    if names_signatures(agreed) || agreed.version == TLS_1_3 {
        signature_algorithm(rest, out);
        rest = rest.from(2);
    }
    sized(rest, 2, ids, out);
}

/// ClientKeyExchange.
pub(super) fn client<'a>(body: Bytes<'a>, agreed: &Agreed, out: &mut Out<'_, '_, 'a>) {
    match Exchange::of(agreed.cipher_suite) {
        Exchange::Curve => _ = sized(body, 1, (HANDSHAKE_CLIENT_POINT_LEN, HANDSHAKE_CLIENT_POINT), out),
        Exchange::DiffieHellman | Exchange::Anonymous => _ = sized(body, 2, (HANDSHAKE_YC_LEN, HANDSHAKE_YC), out),
        // SSL 3.0 has no length.
        Exchange::Rsa if agreed.version == SSL_3_0 => out.bytes(HANDSHAKE_EPMS, Some(body.0)),
        Exchange::Rsa => _ = sized(body, 2, (HANDSHAKE_EPMS_LEN, HANDSHAKE_EPMS), out),
        Exchange::Other => {}
    }
}

/// CertificateVerify.
pub(super) fn verify<'a>(body: Bytes<'a>, agreed: &Agreed, out: &mut Out<'_, '_, 'a>) {
    signature(body, (HANDSHAKE_CLIENT_CERT_VRFY_SIG_LEN, HANDSHAKE_CLIENT_CERT_VRFY_SIG), agreed, out);
}

/// Whether [`signed_times`] has something to tell.
pub(crate) fn wants_signed_times(out: &Out<'_, '_, '_>) -> bool {
    const SIGNATURE: [FieldId; 3] = [HANDSHAKE_SIG_HASH_ALG, HANDSHAKE_SIG_HASH_HASH, HANDSHAKE_SIG_HASH_SIG];
    (SCTS_LENGTH.0..=SCT_SIGNATURE.0).any(|id| out.wants(FieldId(id))) || SIGNATURE.iter().any(|id| out.wants(*id))
}

/// When public logs saw a certificate (RFC 6962 3.3).
pub(crate) fn signed_times<'a>(list: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(bytes) = list.length(0, 2) else { return };
    out.count(SCTS_LENGTH, bytes);
    let mut rest = list.part(2, bytes);
    while let Some(length) = rest.length(0, 2) {
        out.count(SCT_LENGTH, length);
        signed_time(rest.part(2, length), out);
        rest = rest.from(2 + length);
    }
}

fn signed_time<'a>(one: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(one, &[Place::at(SCT_VERSION, 0, 1), Place::at(SCT_LOGID, 1, 32)]);
    let milliseconds = one.be(33, 8).and_then(|number| i64::try_from(number).ok());
    let nanoseconds = milliseconds.and_then(|number| number.checked_mul(1_000_000));
    out.time(SCT_TIMESTAMP, nanoseconds.map(Timestamp::from_nanoseconds));
    let Some(extensions) = one.length(41, 2) else { return };
    out.count(SCT_EXTENSIONS_LENGTH, extensions);
    let rest = one.from(43 + extensions);
    signature_algorithm(rest, out);
    sized(rest.from(2), 2, (SCT_SIGNATURE_LENGTH, SCT_SIGNATURE), out);
}
