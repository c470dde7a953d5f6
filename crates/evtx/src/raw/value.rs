//! Values of event fields.

use std::borrow::Cow;
use std::fmt::Write;

use whotalks_record::Timestamp;

use super::digits;

/// A value as its container types it. Binary logs type numbers; texts carry everything as text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes of a binary log, made readable only when asked for.
    Bytes(Form, &'a [u8]),
    /// A number that Windows prints in decimal.
    Unsigned(u64),
    /// A number that Windows prints in hexadecimal.
    Hexadecimal(u64),
    /// An instant.
    Time(Timestamp),
}

/// What bytes stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text in UTF-16LE.
    Utf16,
    /// A GUID; its first three groups lie little-endian (MS-DTYP 2.3.4).
    Guid,
    /// A security identifier (MS-DTYP 2.4.2).
    Sid,
    /// Anything else, shown as hexadecimal digits.
    Opaque,
}

impl<'a> Value<'a> {
    /// The value as text, numbers as Windows prints them.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Bytes(form, bytes) => Cow::Owned(form.text(bytes)),
            Self::Unsigned(number) => Cow::Owned(number.to_string()),
            Self::Hexadecimal(number) => Cow::Owned(format!("{number:#x}")),
            Self::Time(time) => Cow::Owned(time.nanoseconds().to_string()),
        }
    }

    /// The same value, borrowed.
    pub(crate) fn borrowed(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Bytes(form, bytes) => Value::Bytes(*form, bytes),
            Self::Unsigned(number) => Value::Unsigned(*number),
            Self::Hexadecimal(number) => Value::Hexadecimal(*number),
            Self::Time(time) => Value::Time(*time),
        }
    }

    /// Calls `read` with the value as text, without allocating for the short ASCII texts that most values are.
    pub(crate) fn with_text<R>(&self, read: impl FnOnce(&str) -> R) -> R {
        match self {
            Self::Text(text) => read(text),
            Self::Bytes(Form::Utf16, bytes) => with_utf16(bytes, read),
            _ => read(&self.text()),
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
            Self::Bytes(Form::Utf16, bytes) => digits::decimal(bytes).or_else(|| with_utf16(bytes, parse_number)),
            Self::Bytes(..) | Self::Time(_) => None,
        }
    }
}

impl Form {
    fn text(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf16 => decode_utf16(bytes),
            Self::Guid => guid(bytes),
            Self::Sid => sid(bytes),
            Self::Opaque => bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
        }
    }
}

fn guid(bytes: &[u8]) -> String {
    const ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    let mut text = String::with_capacity(38);
    text.push('{');
    for (place, index) in ORDER.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let byte = bytes.get(*index).copied().unwrap_or_default();
        text.push(hexadecimal_digit(byte >> 4));
        text.push(hexadecimal_digit(byte & 0xf));
    }
    text.push('}');
    text
}

/// The digit of a value below 16.
fn hexadecimal_digit(value: u8) -> char {
    char::from(if value < 10 { b'0' + value } else { b'a' - 10 + value })
}

/// `S-<revision>-<authority>-<sub-authority>…`: the authority big-endian, the others little-endian.
fn sid(bytes: &[u8]) -> String {
    let (head, subs) = bytes.split_at_checked(8).unwrap_or((bytes, &[]));
    let revision = head.first().copied().unwrap_or_default();
    let authority = head
        .iter()
        .skip(2)
        .fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    let mut text = format!("S-{revision}-{authority}");
    for sub in subs.as_chunks::<4>().0 {
        // Writing to a string cannot fail.
        let _ = write!(text, "-{}", u32::from_le_bytes(*sub));
    }
    text
}

/// Reads `1072` and `0x430`; Windows prints process identifiers in decimal in 5152 to 5159 and in hexadecimal in 4688 and 4689.
fn parse_number(text: &str) -> Option<u64> {
    let text = text.trim();
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Units of UTF-16 that are decoded on the stack: addresses, numbers and most image paths.
const SHORT_UNITS: usize = 128;

/// Units that are tested at once; the compiler makes a few vector instructions of it.
const BLOCK_UNITS: usize = 16;

/// Appends the low bytes of the leading units as long as they are ASCII and not null; gives how many there were.
///
/// Nearly all text in logs is ASCII, and decoding it is much of a log's reading time.
fn ascii_prefix(units: &[[u8; 2]], take: &mut impl FnMut(&[u8])) -> usize {
    let mut length = 0;
    let (blocks, rest) = units.as_chunks::<BLOCK_UNITS>();
    for block in blocks {
        // One less than the unit wraps for the null, so that one comparison finds both ends of the range.
        let other = block.iter().fold(false, |other, unit| {
            other | (u16::from_le_bytes(*unit).wrapping_sub(1) >= 0x7f)
        });
        if other {
            return length + scalar_prefix(block, take);
        }
        take(&block.map(|[low, _]| low));
        length += BLOCK_UNITS;
    }
    length + scalar_prefix(rest, take)
}

fn scalar_prefix(units: &[[u8; 2]], take: &mut impl FnMut(&[u8])) -> usize {
    let is_plain = |[low, high]: &[u8; 2]| *high == 0 && *low != 0 && low.is_ascii();
    let plain = units.iter().take_while(|unit| is_plain(unit));
    plain.map(|[low, _]| take(&[*low])).count()
}

/// Calls `read` with a text in UTF-16LE, without allocating for the short ASCII texts that most are.
pub(crate) fn with_utf16<R>(bytes: &[u8], read: impl FnOnce(&str) -> R) -> R {
    let mut buffer = [0; SHORT_UNITS];
    match short_ascii(bytes, &mut buffer) {
        Some(text) => read(text),
        None => read(&decode_utf16(bytes)),
    }
}

/// Decodes a short ASCII text up to the first null into `buffer`; `None` for other texts.
fn short_ascii<'b>(bytes: &[u8], buffer: &'b mut [u8; SHORT_UNITS]) -> Option<&'b str> {
    let (units, _) = bytes.as_chunks::<2>();
    if units.len() > SHORT_UNITS {
        return None;
    }
    let mut free = &mut buffer[..];
    let length = ascii_prefix(units, &mut |ascii| {
        if let Some((place, rest)) = std::mem::take(&mut free).split_at_mut_checked(ascii.len()) {
            place.copy_from_slice(ascii);
            free = rest;
        }
    });
    let is_whole = matches!(units.get(length), None | Some([0, 0]));
    let text = if is_whole { buffer.get(..length)? } else { return None };
    std::str::from_utf8(text).ok()
}

/// Decodes UTF-16LE up to the first null; unpaired surrogates become U+FFFD, so that hostile text cannot stop a record.
pub(crate) fn decode_utf16(bytes: &[u8]) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    let mut ascii = Vec::with_capacity(units.len());
    let length = ascii_prefix(units, &mut |bytes| ascii.extend_from_slice(bytes));
    let mut text = String::from_utf8(ascii).unwrap_or_default();
    let rest = units.get(length..).unwrap_or_default();
    let rest = rest.iter().take_while(|unit| **unit != [0, 0]);
    let decoded = char::decode_utf16(rest.map(|unit| u16::from_le_bytes(*unit)));
    text.extend(decoded.map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
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
    fn identifiers_are_printed_as_windows_prints_them() {
        let guid = Value::Bytes(
            Form::Guid,
            &[
                0x25, 0x96, 0x84, 0x54, 0x78, 0x54, 0x94, 0x49, 0xa5, 0xba, 1, 2, 3, 4, 5, 6,
            ],
        );
        assert_eq!(guid.text(), "{54849625-5478-4994-a5ba-010203040506}");
        let sid = Value::Bytes(Form::Sid, &[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0]);
        assert_eq!(sid.text(), "S-1-5-32-544");
    }

    #[test]
    fn unpaired_surrogates_are_replaced() {
        assert_eq!(decode_utf16(&[0x41, 0, 0x00, 0xd8, 0x42, 0]), "A\u{fffd}B");
    }

    #[test]
    fn texts_of_every_length_end_at_their_null_and_keep_what_is_not_ascii() {
        for length in 0..=SHORT_UNITS + 40 {
            let ascii: String = ('!'..='~').cycle().take(length).collect();
            for (text, expected) in [
                (ascii.clone(), ascii.clone()),
                (format!("{ascii}\0rest"), ascii.clone()),
                (format!("{ascii}é語\0"), format!("{ascii}é語")),
                (format!("{ascii}é{ascii}"), format!("{ascii}é{ascii}")),
            ] {
                let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                assert_eq!(decode_utf16(&bytes), expected);
                with_utf16(&bytes, |text| assert_eq!(text, expected));
            }
        }
    }
}
