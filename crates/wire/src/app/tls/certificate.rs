//! Certificates (RFC 5246 7.4.2, RFC 5280): who a server says it is. In TLS 1.3 they are encrypted.
//!
//! ```text
//! | list length 3 | certificate: length 3, DER ... | certificate ... |
//! ```

use std::net::IpAddr;

use sha1::Sha1;
use sha2::{Digest, Sha256};
use whotalks_bytes::Cursor;
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate, X509Name};

use super::ja3::hexadecimal;

/// Names taken of one certificate; shared ones of content networks carry about a hundred.
const MOST_NAMES: usize = 256;

/// The certificates in the body of a Certificate message up to TLS 1.2, the server's own first, each as DER. The last one may
/// be cut off and is then left out.
pub fn certificates(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut cursor = Cursor::new(body);
    let length = cursor.u24_be("tls.certificates").unwrap_or_default();
    let mut list = Cursor::new(cursor.rest().get(..length as usize).unwrap_or(cursor.rest()));
    std::iter::from_fn(move || {
        let length = list.u24_be("tls.certificate_length").ok()?;
        list.slice("tls.certificate", length as usize).ok()
    })
}

/// What a certificate says. Texts are as the certificate has them: hostile until escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The common name of the subject.
    pub common_name: Option<String>,
    /// The whole subject.
    pub subject: String,
    /// The common name of who signed it, or the whole name where it has none.
    pub issuer: String,
    /// The DNS names it is for, lower case, in order; a leading `*.` stands for one label.
    pub dns_names: Vec<String>,
    /// The addresses it is for.
    pub addresses: Vec<IpAddr>,
    /// When it begins to be valid, in seconds since 1970.
    pub not_before_seconds: i64,
    /// When it ends to be valid, in seconds since 1970.
    pub not_after_seconds: i64,
    /// The serial number in hexadecimal digits, without leading zeros.
    pub serial: String,
    /// The subject signed it itself, by name.
    pub is_self_signed: bool,
}

impl Certificate {
    /// Reads a certificate; none when it is damaged. Not for the hot path.
    #[must_use]
    pub fn parse(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let (dns_names, addresses) = alternative_names(&certificate);
        let issuer = common_name(certificate.issuer()).unwrap_or_else(|| certificate.issuer().to_string());
        Some(Self {
            common_name: common_name(certificate.subject()),
            subject: certificate.subject().to_string(),
            issuer,
            dns_names,
            addresses,
            not_before_seconds: certificate.validity().not_before.timestamp(),
            not_after_seconds: certificate.validity().not_after.timestamp(),
            serial: hexadecimal(certificate.raw_serial()).trim_start_matches('0').to_owned(),
            is_self_signed: certificate.subject().as_raw() == certificate.issuer().as_raw(),
        })
    }
}

/// The SHA-1 of a certificate in hexadecimal digits, as many lists of bad certificates give it.
#[must_use]
pub fn sha1_fingerprint(der: &[u8]) -> String {
    hexadecimal(&Sha1::digest(der))
}

/// The SHA-256 of a certificate in hexadecimal digits.
#[must_use]
pub fn sha256_fingerprint(der: &[u8]) -> String {
    hexadecimal(&Sha256::digest(der))
}

fn common_name(name: &X509Name<'_>) -> Option<String> {
    // The last one is the most specific.
    name.iter_common_name().last()?.as_str().ok().map(str::to_owned)
}

fn alternative_names(certificate: &X509Certificate<'_>) -> (Vec<String>, Vec<IpAddr>) {
    let (mut names, mut addresses) = (Vec::new(), Vec::new());
    let Ok(Some(extension)) = certificate.subject_alternative_name() else {
        return (names, addresses);
    };
    for name in extension.value.general_names.iter().take(MOST_NAMES) {
        match name {
            GeneralName::DNSName(name) => names.push(name.to_ascii_lowercase()),
            GeneralName::IPAddress(bytes) => addresses.extend(address(bytes)),
            _ => {}
        }
    }
    (names, addresses)
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    four.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for this test, signed by a key that was thrown away.
    const EXAMPLE: &[u8] = include_bytes!("../../../testdata/tls/certificate.der");

    #[test]
    fn a_certificate_says_whom_it_is_for_and_how_long() {
        let certificate = Certificate::parse(EXAMPLE).unwrap();
        assert_eq!(certificate.common_name.as_deref(), Some("www.example.com"));
        assert_eq!(certificate.subject, "O=Example, CN=www.example.com");
        assert_eq!(certificate.issuer, "www.example.com");
        assert_eq!(certificate.dns_names, ["www.example.com", "*.example.net"]);
        assert_eq!(certificate.addresses, [IpAddr::from([192, 0, 2, 7])]);
        assert_eq!(certificate.not_before_seconds, 1_767_225_600);
        assert_eq!(certificate.not_after_seconds, 1_798_761_600);
        assert_eq!(certificate.serial, "badcafe");
        assert!(certificate.is_self_signed);
        assert_eq!(
            (sha1_fingerprint(EXAMPLE).len(), sha256_fingerprint(EXAMPLE).len()),
            (40, 64)
        );
    }

    #[test]
    fn a_certificate_that_is_cut_off_says_nothing() {
        for end in 0..EXAMPLE.len() {
            assert_eq!(Certificate::parse(EXAMPLE.get(..end).unwrap()), None, "{end}");
        }
    }
}
