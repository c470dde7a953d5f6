//! JA3 and JA3S: the numbers of a hello as a string and its MD5 (<https://github.com/salesforce/ja3>).
//!
//! ```text
//! JA3   version,cipher-cipher,extension-extension,group-group,format-format
//! JA3S  version,cipher,extension-extension
//! ```
//! Numbers are decimal and keep their order; reserved ones (RFC 8701) are left out.

use std::fmt::Write as _;

use md5::{Digest, Md5};

use super::version::is_grease;
use super::{ClientHello, ServerHello};

/// The MD5 of a JA3 or JA3S string in hexadecimal digits.
#[must_use]
pub fn ja3_hash(string: &str) -> String {
    hexadecimal(&Md5::digest(string.as_bytes()))
}

pub(super) fn client(hello: &ClientHello<'_>) -> String {
    let mut text = hello.legacy_version().0.to_string();
    list(&mut text, hello.cipher_suites());
    list(&mut text, hello.extensions().map(|extension| extension.kind.0));
    list(&mut text, hello.supported_groups());
    list(
        &mut text,
        hello.ec_point_formats().iter().map(|format| u16::from(*format)),
    );
    text
}

pub(super) fn server(hello: &ServerHello<'_>) -> String {
    let mut text = hello.legacy_version().0.to_string();
    list(&mut text, std::iter::once(hello.cipher_suite()));
    list(&mut text, hello.extensions().map(|extension| extension.kind.0));
    text
}

/// Appends a comma and the numbers with hyphens between them.
fn list(text: &mut String, numbers: impl Iterator<Item = u16>) {
    let mut separator = ',';
    for number in numbers.filter(|number| !is_grease(*number)) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{separator}{number}");
        separator = '-';
    }
    if separator == ',' {
        text.push(',');
    }
}

/// Bytes as hexadecimal digits, lower case.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
