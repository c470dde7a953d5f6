//! Tor (tor-spec, "Channels"): links between clients and relays, in TLS.
//!
//! The certificate of a relay is made for the link: its subject is `www.R.net` and its signer `www.S.com`, where R and S are
//! random letters and digits of base32; the client asks for a name of that form. In TLS 1.3 the certificate is encrypted, and
//! what the client asks for alone may be the name of any host, so that nothing is said. The cells of the link itself are seen
//! only where TLS was taken off.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge, same, u8_at, u16_be};
use crate::app::tls::{Certificate, ClientHello, InTls};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Tor, probe).beginning(First::Of(&[0]));

pub(crate) const IN_TLS: InTls = InTls {
    protocol: ApplicationProtocol::Tor,
    hello: |_| None,
    certificate: is_link_certificate,
    ask_certificate: may_be_link,
    signs: "certificate for `www.RANDOM.net` signed by `www.RANDOM.com` (TLS up to 1.2)",
};

/// How many characters of base32 a random name has: those of certificates, and those that clients ask for.
const CERTIFICATE_CHARACTERS: std::ops::RangeInclusive<usize> = 8..=20;
const HELLO_CHARACTERS: std::ops::RangeInclusive<usize> = 4..=25;

fn is_link_certificate(certificate: &Certificate) -> bool {
    let subject = certificate.common_name.as_deref().unwrap_or_default();
    certificate.dns_names.is_empty()
        && is_random_name(subject.as_bytes(), b".net", CERTIFICATE_CHARACTERS)
        && is_random_name(certificate.issuer.as_bytes(), b".com", CERTIFICATE_CHARACTERS)
}

fn may_be_link(hello: &ClientHello<'_>) -> bool {
    let name = hello.server_name().unwrap_or_default();
    is_random_name(name, b".com", HELLO_CHARACTERS)
}

/// `www.`, characters of base32 (RFC 4648 6) in lower case, and the end.
fn is_random_name(name: &[u8], end: &[u8], characters: std::ops::RangeInclusive<usize>) -> bool {
    let middle = name.strip_prefix(b"www.").and_then(|rest| rest.strip_suffix(end));
    middle.is_some_and(|middle| {
        let in_base32 = |byte: &u8| matches!(byte, b'a'..=b'z' | b'2'..=b'7');
        characters.contains(&middle.len()) && middle.iter().all(in_base32)
    })
}

const VERSIONS: u8 = 7;
const HEADER_BYTES: usize = 5;
/// The versions of the link protocol: 1 to 5 so far, each sender with the ones that are still in use among them.
const KNOWN_VERSIONS: std::ops::RangeInclusive<u16> = 1..=5;
const IN_USE: u16 = 3;

/// Both ends begin with a VERSIONS cell: circuit 2: zero, command 1: 7, length 2, versions of two bytes, which ascend.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(versions(prefix))
}

fn versions(prefix: &[u8]) -> Option<bool> {
    if !same(prefix, 0, &[0, 0, VERSIONS, 0])? {
        return Some(false);
    }
    let length = usize::from(u8_at(prefix, 4)?);
    let is_list = length % 2 == 0 && (2..=2 * usize::from(*KNOWN_VERSIONS.end())).contains(&length);
    if !is_list {
        return Some(false);
    }
    let mut before = 0;
    for at in (HEADER_BYTES..HEADER_BYTES + length).step_by(2) {
        let version = u16_be(prefix, at)?;
        if version <= before || !KNOWN_VERSIONS.contains(&version) {
            return Some(false);
        }
        before = version;
    }
    Some(before >= IN_USE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for this test, signed by a key that was thrown away.
    const EXAMPLE: &[u8] = include_bytes!("../../../testdata/tls/certificate.der");

    fn certificate(subject: &str, issuer: &str) -> Certificate {
        Certificate {
            common_name: Some(subject.to_owned()),
            issuer: issuer.to_owned(),
            dns_names: Vec::new(),
            ..Certificate::parse(EXAMPLE).unwrap()
        }
    }

    #[test]
    fn a_link_certificate_has_two_random_names() {
        assert!(is_link_certificate(&certificate(
            "www.k4nq7vwz5t2aab.net",
            "www.zzq3kfd6mpm.com"
        )));
        for (subject, issuer) in [
            ("www.example.net", "Example CA"),
            ("www.k4nq7vwz5t2aab.com", "www.zzq3kfd6mpm.net"),
            ("www.k4nq7vwz5t2aa9.net", "www.zzq3kfd6mpm.com"),
            ("www.short.net", "www.zzq3kfd6mpm.com"),
            ("k4nq7vwz5t2aab.net", "www.zzq3kfd6mpm.com"),
        ] {
            assert!(!is_link_certificate(&certificate(subject, issuer)), "{subject}");
        }
        let mut named = certificate("www.k4nq7vwz5t2aab.net", "www.zzq3kfd6mpm.com");
        named.dns_names = vec!["www.k4nq7vwz5t2aab.net".to_owned()];
        assert!(!is_link_certificate(&named), "a link has no alternative names");
    }

    #[test]
    fn versions_ascend_and_one_of_them_is_in_use() {
        let cell = |versions: &[u8]| [&[0, 0, 7, 0, versions.len() as u8][..], versions].concat();
        assert_eq!(versions(&cell(&[0, 3, 0, 4, 0, 5])), Some(true));
        for wrong in [&[0, 5, 0, 4][..], &[0, 1, 0, 2], &[0, 3, 0, 9], &[0, 3, 0], &[]] {
            assert_eq!(versions(&cell(wrong)), Some(false), "{wrong:?}");
        }
    }
}
