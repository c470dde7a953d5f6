//! Values of event fields.

use std::borrow::Cow;

use whotalks_record::Timestamp;

/// A value as its container types it. Binary logs type numbers; texts carry everything as text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// Text still in UTF-16LE, decoded only when asked for.
    Utf16(&'a [u8]),
    /// A number that Windows prints in decimal.
    Unsigned(u64),
    /// A number that Windows prints in hexadecimal.
    Hexadecimal(u64),
    /// An instant.
    Time(Timestamp),
}

impl<'a> Value<'a> {
    /// The value as text, numbers as Windows prints them.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Utf16(bytes) => Cow::Owned(decode_utf16(bytes)),
            Self::Unsigned(number) => Cow::Owned(number.to_string()),
            Self::Hexadecimal(number) => Cow::Owned(format!("{number:#x}")),
            Self::Time(time) => Cow::Owned(time.nanoseconds().to_string()),
        }
    }

    /// The value as text that lives as long as its container.
    pub(crate) fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            other => Cow::Owned(other.text().into_owned()),
        }
    }

    /// The value as a number.
    pub(crate) fn number(&self) -> Option<u64> {
        match self {
            Self::Unsigned(number) | Self::Hexadecimal(number) => Some(*number),
            Self::Text(text) => parse_number(text),
            Self::Utf16(bytes) => parse_number(&decode_utf16(bytes)),
            Self::Time(_) => None,
        }
    }
}

/// Reads `1072` and `0x430`; Windows prints process identifiers in decimal in 5152 to 5159 and in hexadecimal in 4688 and 4689.
fn parse_number(text: &str) -> Option<u64> {
    let text = text.trim();
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Decodes UTF-16LE; unpaired surrogates become U+FFFD, so that hostile text cannot stop a record.
pub(crate) fn decode_utf16(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 2);
    let (units, _) = bytes.as_chunks::<2>();
    let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_and_hexadecimal_numbers_are_told_apart_by_their_prefix() {
        assert_eq!(Value::Text("1072".into()).number(), Some(1072));
        assert_eq!(Value::Text("0x11CC".into()).number(), Some(0x11cc));
        assert_eq!(Value::Text("11cc".into()).number(), None);
        assert_eq!(Value::Text("-1".into()).number(), None);
    }

    #[test]
    fn unpaired_surrogates_are_replaced() {
        assert_eq!(decode_utf16(&[0x41, 0, 0x00, 0xd8, 0x42, 0]), "A\u{fffd}B");
    }
}
