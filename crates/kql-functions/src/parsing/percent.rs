//! Percent encoding (RFC 3986 2.1).

use std::fmt::Write as _;

/// Writes every byte but letters, digits and those in `plain` as `%xx`; a blank as `blank`.
pub(super) fn encoded(text: &str, plain: &str, blank: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match char::from(byte) {
            ' ' => encoded.push_str(blank),
            character if character.is_ascii_alphanumeric() || plain.contains(character) => encoded.push(character),
            // Writing to a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02x}")),
        }
    }
    encoded
}

/// Reads `%xx` and `+`; what is no UTF-8 is replaced.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .filter(|_| *byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(if *byte == b'+' { b' ' } else { *byte });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
