//! How the bytes of a dump are grouped into characters.
//!
//! `netsh wfp show … file=x.xml` writes UTF-8. With `file=-` the dump goes through the console and comes out as whatever the
//! redirection makes of it, UTF-16 or a code page, while the declaration still says UTF-8: the bytes decide.

use std::borrow::Cow;

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The width and order of the units in which markup is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Units {
    /// One byte each. In every encoding of this kind that occurs the bytes of `<` and `>` are never part of another character.
    Bytes,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Units {
    /// Looks at the first bytes: a byte order mark, or a zero beside the first markup character.
    pub(crate) fn detect(prefix: &[u8]) -> Self {
        match prefix {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ => Self::beside_markup(prefix),
        }
    }

    /// Without a mark, units begin at the first byte: the low byte of `<` stands at an even place or at an odd one.
    fn beside_markup(prefix: &[u8]) -> Self {
        let Some(at) = prefix.iter().position(|byte| *byte == b'<') else {
            return Self::Bytes;
        };
        let zero = |at: Option<usize>| at.and_then(|at| prefix.get(at)) == Some(&0);
        match at.is_multiple_of(2) {
            true if zero(at.checked_add(1)) => Self::Utf16Le,
            false if zero(at.checked_sub(1)) => Self::Utf16Be,
            _ => Self::Bytes,
        }
    }

    /// Bytes per unit.
    pub(crate) const fn width(self) -> usize {
        match self {
            Self::Bytes => 1,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }

    /// The ASCII character of a unit; anything else is 0, which is no markup.
    pub(crate) fn ascii(self, unit: &[u8]) -> u8 {
        match (self, unit) {
            (Self::Bytes, [byte]) => *byte,
            (Self::Utf16Le, [byte, 0]) | (Self::Utf16Be, [0, byte]) => *byte,
            _ => 0,
        }
    }

    /// Decodes bytes cut at unit borders. What is no UTF-8 is CP932, else Windows-1252. Never fails.
    pub(crate) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf16Le => UTF_16LE.decode_without_bom_handling(bytes).0,
            Self::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0,
            Self::Bytes => decode_bytes(bytes),
        }
    }
}

fn decode_bytes(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    match SHIFT_JIS.decode_without_bom_handling(bytes) {
        (text, false) => text,
        _ => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The text of an item, from the bytes of its [`whotalks_record::Span`].
pub fn item_text(bytes: &[u8]) -> Cow<'_, str> {
    Units::detect(bytes).decode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_with_and_without_a_byte_order_mark() {
        assert_eq!(Units::detect(b"\xff\xfe<\0"), Units::Utf16Le);
        assert_eq!(Units::detect(b"<\0?\0"), Units::Utf16Le);
        assert_eq!(Units::detect(b"\0<\0?"), Units::Utf16Be);
        assert_eq!(Units::detect(b"\xef\xbb\xbf<?xml"), Units::Bytes);
        assert_eq!(Units::detect(b""), Units::Bytes);
    }

    #[test]
    fn a_code_page_under_a_declaration_of_utf8_is_read_all_the_same() {
        let (bytes, _, _) = SHIFT_JIS.encode("<name>受信の規則</name>");
        assert_eq!(item_text(&bytes), "<name>受信の規則</name>");
    }
}
