//! JA4, the fingerprint of a client (<https://github.com/FoxIO-LLC/ja4>, technical_details/JA4.md, BSD 3-Clause).
//!
//! ```text
//! t13d1516h2_8daaf6152771_e5627efa2ab1
//! │││ │ │ │  │            └ extensions, sorted, without name and ALPN, and signature algorithms in order: SHA-256, 12 digits
//! │││ │ │ │  └ cipher suites, sorted: SHA-256, 12 digits
//! │││ │ │ └ first and last character of the first application protocol
//! │││ │ └ number of extensions
//! │││ └ number of cipher suites
//! ││└ d: a server name is there, i: none
//! │└ newest version offered
//! └ t: TCP, q: QUIC, d: DTLS
//! ```
//! Reserved numbers (RFC 8701) are left out everywhere.

use sha2::{Digest, Sha256};

use super::ja3::hexadecimal;
use super::version::is_grease;
use super::{Carrier, ClientHello, ExtensionType, Version};

/// Counts above it are written as it, since they have two digits.
const HIGHEST_COUNT: usize = 99;
/// Digits kept of each hash.
const HASH_DIGITS: usize = 12;
/// What stands for the hash of an empty list.
const EMPTY: &str = "000000000000";

pub(super) fn hashed(hello: &ClientHello<'_>, carrier: Carrier) -> String {
    let (start, ciphers, extensions) = (start(hello, carrier), ciphers(hello), extensions(hello));
    format!("{start}_{}_{}", hash(&ciphers), hash(&extensions))
}

pub(super) fn raw(hello: &ClientHello<'_>, carrier: Carrier) -> String {
    format!("{}_{}_{}", start(hello, carrier), ciphers(hello), extensions(hello))
}

fn start(hello: &ClientHello<'_>, carrier: Carrier) -> String {
    let carrier = match carrier {
        Carrier::Tcp => 't',
        Carrier::Quic => 'q',
        Carrier::Dtls => 'd',
    };
    let has_name = hello.extension(ExtensionType::SERVER_NAME).is_some();
    let count = |numbers: usize| numbers.min(HIGHEST_COUNT);
    let [first, last] = protocol(hello.application_protocols().next().unwrap_or_default());
    format!(
        "{carrier}{}{}{:02}{:02}{first}{last}",
        version(hello.newest_version()),
        if has_name { 'd' } else { 'i' },
        count(hello.cipher_suites().filter(|cipher| !is_grease(*cipher)).count()),
        count(kinds(hello).count()),
    )
}

const fn version(version: Version) -> &'static str {
    match version {
        Version::TLS_1_3 => "13",
        Version::TLS_1_2 => "12",
        Version::TLS_1_1 => "11",
        Version::TLS_1_0 => "10",
        Version::SSL_3_0 => "s3",
        Version::SSL_2_0 => "s2",
        Version::DTLS_1_0 => "d1",
        Version::DTLS_1_2 => "d2",
        Version::DTLS_1_3 => "d3",
        _ => "00",
    }
}

/// The first and last character of a protocol's name, or of its hexadecimal digits where one of them is no letter or digit.
fn protocol(name: &[u8]) -> [char; 2] {
    let (Some(&first), Some(&last)) = (name.first(), name.last()) else {
        return ['0', '0'];
    };
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() {
        [first.into(), last.into()]
    } else {
        [digit(first >> 4), digit(last & 0xf)]
    }
}

fn kinds(hello: &ClientHello<'_>) -> impl Iterator<Item = u16> {
    hello
        .extensions()
        .map(|extension| extension.kind.0)
        .filter(|kind| !is_grease(*kind))
}

fn ciphers(hello: &ClientHello<'_>) -> String {
    let mut ciphers: Vec<u16> = hello.cipher_suites().filter(|cipher| !is_grease(*cipher)).collect();
    ciphers.sort_unstable();
    joined(&ciphers)
}

fn extensions(hello: &ClientHello<'_>) -> String {
    let left_out = [
        ExtensionType::SERVER_NAME.0,
        ExtensionType::APPLICATION_LAYER_PROTOCOLS.0,
    ];
    let mut sorted: Vec<u16> = kinds(hello).filter(|kind| !left_out.contains(kind)).collect();
    sorted.sort_unstable();
    let signatures: Vec<u16> = hello
        .signature_algorithms()
        .filter(|number| !is_grease(*number))
        .collect();
    if signatures.is_empty() {
        joined(&sorted)
    } else {
        format!("{}_{}", joined(&sorted), joined(&signatures))
    }
}

fn joined(numbers: &[u16]) -> String {
    let digits: Vec<String> = numbers.iter().map(|number| format!("{number:04x}")).collect();
    digits.join(",")
}

fn hash(text: &str) -> String {
    if text.is_empty() {
        return EMPTY.to_owned();
    }
    let mut digits = hexadecimal(&Sha256::digest(text.as_bytes()));
    digits.truncate(HASH_DIGITS);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protocol_that_is_no_text_is_written_in_digits() {
        let examples: [(&[u8], &str); 9] = [
            (b"h2", "h2"),
            (b"http/1.1", "h1"),
            (b"x", "xx"),
            (b"", "00"),
            (&[0xab], "ab"),
            (&[0xab, 0xcd], "ad"),
            (&[0x30, 0xab], "3b"),
            (&[0x30, 0x31, 0xab, 0xcd], "3d"),
            (&[0x30, 0xab, 0xcd, 0x31], "01"),
        ];
        for (name, expected) in examples {
            assert_eq!(protocol(name).iter().collect::<String>(), expected, "{name:?}");
        }
    }

    #[test]
    fn an_empty_list_has_no_hash() {
        assert_eq!(hash(""), EMPTY);
        assert_eq!(
            hash("002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9"),
            "8daaf6152771"
        );
    }
}
