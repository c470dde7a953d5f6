//! Which encoding a text lies in, and its decoding.
//!
//! Windows tools write in whatever way they were redirected: PowerShell gives UTF-16 with a byte order mark, newer
//! PowerShell UTF-8, `cmd` the OEM code page of the machine, which on a Japanese Windows is 932. Nothing in the file says
//! which, so the bytes decide.

use std::borrow::Cow;

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes of a text are looked at to tell UTF-16 from single bytes.
const SNIFFED_BYTES: usize = 4_096;

/// In UTF-16 text written by these tools at least this share of all units is ASCII (blanks, digits, addresses), even where
/// the words are Japanese; in single-byte text no pair of bytes looks like that.
const LEAST_ASCII_UNITS_PERCENT: usize = 25;

/// How the bytes of a text are grouped into characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Single bytes: each line is UTF-8 where it can be, else in a legacy code page. One file may mix both, since
    /// collectors concatenate the outputs of several tools.
    Bytes,
}

/// A text with the encoding it was found to be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// How it was encoded.
    pub encoding: Encoding,
    /// The text, without a byte order mark; what could not be decoded is U+FFFD.
    pub text: String,
}

/// Which code page ambiguous bytes belong to: a line of half-width katakana can be valid UTF-8 by chance, so what the other
/// lines of the file proved decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CodePage {
    /// No line has told yet.
    #[default]
    Unknown,
    /// A line was UTF-8 and more than chance.
    Utf8,
    /// A line was not UTF-8.
    Legacy,
}

/// Decodes a whole text: by byte order mark, else UTF-16 by its zero bytes, else line by line as UTF-8, else CP932, else
/// Windows-1252. Never fails.
pub fn decode(bytes: &[u8]) -> Decoded {
    let encoding = Encoding::detect(bytes);
    let body = bytes.get(encoding.mark_length(bytes)..).unwrap_or_default();
    let text = match encoding {
        Encoding::Bytes => decode_lines(body),
        Encoding::Utf16Le | Encoding::Utf16Be => encoding.decode(body).into_owned(),
    };
    Decoded { encoding, text }
}

fn decode_lines(body: &[u8]) -> String {
    let mut code_page = CodePage::default();
    body.split_inclusive(|byte| *byte == b'\n')
        .map(|line| code_page.decode(line))
        .collect()
}

impl Encoding {
    /// The encoding of a text from its first bytes; a few kilobytes are enough.
    pub fn detect(prefix: &[u8]) -> Self {
        match prefix {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            [0xef, 0xbb, 0xbf, ..] => Self::Bytes,
            _ => Self::detect_by_zeros(prefix),
        }
    }

    fn detect_by_zeros(prefix: &[u8]) -> Self {
        let units = prefix.get(..prefix.len().min(SNIFFED_BYTES)).unwrap_or_default();
        let ascii = |high: u8, low: u8| high == 0 && (low.is_ascii_graphic() || low.is_ascii_whitespace());
        let (mut little, mut big, mut total) = (0_usize, 0_usize, 0_usize);
        for unit in units.chunks_exact(2) {
            if let [first, second] = *unit {
                total += 1;
                little += usize::from(ascii(second, first));
                big += usize::from(ascii(first, second));
            }
        }
        let enough =
            |count: usize| count > 0 && count.saturating_mul(100) >= total.saturating_mul(LEAST_ASCII_UNITS_PERCENT);
        match (enough(little), enough(big)) {
            (true, _) if little >= big => Self::Utf16Le,
            (_, true) => Self::Utf16Be,
            _ => Self::Bytes,
        }
    }

    /// The length in bytes of the byte order mark at the start of `prefix`, 0 where there is none.
    pub fn mark_length(self, prefix: &[u8]) -> usize {
        match (self, prefix) {
            (Self::Utf16Le, [0xff, 0xfe, ..]) | (Self::Utf16Be, [0xfe, 0xff, ..]) => 2,
            (Self::Bytes, [0xef, 0xbb, 0xbf, ..]) => 3,
            _ => 0,
        }
    }

    /// Decodes bytes cut out of a text in this encoding, such as the bytes of a [`whotalks_record::Span`].
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf16Le => UTF_16LE.decode_without_bom_handling(bytes).0,
            Self::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0,
            Self::Bytes => CodePage::default().decode(bytes),
        }
    }

    /// The bytes of one character unit.
    pub(crate) const fn unit(self) -> usize {
        match self {
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Bytes => 1,
        }
    }
}

impl CodePage {
    /// What the first bytes of a text prove, so that its first lines profit too.
    pub(crate) fn of_prefix(prefix: &[u8]) -> Self {
        let mut code_page = Self::default();
        for line in prefix.split(|byte| *byte == b'\n') {
            code_page.learn(line);
        }
        code_page
    }

    /// Decodes one line and remembers what it proved.
    pub(crate) fn decode<'a>(&mut self, line: &'a [u8]) -> Cow<'a, str> {
        if line.is_ascii() {
            return String::from_utf8_lossy(line);
        }
        self.learn(line);
        if *self != Self::Legacy
            && let Ok(text) = std::str::from_utf8(line)
        {
            return Cow::Borrowed(text);
        }
        decode_legacy(line)
    }

    fn learn(&mut self, line: &[u8]) {
        match std::str::from_utf8(line) {
            Ok(text) if text.chars().any(|c| c.len_utf8() >= 3) => *self = Self::Utf8,
            // A cut sequence at the very end is an excerpt's border, not another code page.
            Err(error) if error.error_len().is_some() => *self = Self::Legacy,
            _ => {}
        }
    }
}

fn decode_legacy(line: &[u8]) -> Cow<'_, str> {
    match SHIFT_JIS.decode_without_bom_handling(line) {
        (text, false) => text,
        _ => WINDOWS_1252.decode_without_bom_handling(line).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "アクティブな接続";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_is_found_with_and_without_a_byte_order_mark() {
        let text = format!("{TITLE}\r\n  TCP    0.0.0.0:135");
        for little in [true, false] {
            let expected = if little { Encoding::Utf16Le } else { Encoding::Utf16Be };
            for mark in ["", "\u{feff}"] {
                let decoded = decode(&utf16(&format!("{mark}{text}"), little));
                assert_eq!((decoded.encoding, decoded.text.as_str()), (expected, text.as_str()));
            }
        }
    }

    #[test]
    fn a_japanese_code_page_line_is_not_taken_for_utf8() {
        let (bytes, _, _) = SHIFT_JIS.encode(TITLE);
        assert_eq!(decode(&bytes).text, TITLE);
        assert_eq!(decode(TITLE.as_bytes()).text, TITLE);
    }

    #[test]
    fn half_width_katakana_follow_the_code_page_of_the_other_lines() {
        let (bytes, _, _) = SHIFT_JIS.encode("接続\nﾃｱ\n");
        assert_eq!(decode(&bytes).text, "接続\nﾃｱ\n");
    }

    #[test]
    fn bytes_of_no_japanese_code_page_become_windows_1252() {
        assert_eq!(decode(b"caf\xe9\n").text, "café\n");
    }

    #[test]
    fn utf8_and_code_page_lines_in_one_file_are_each_read() {
        let mut bytes = TITLE.as_bytes().to_vec();
        bytes.push(b'\n');
        bytes.extend_from_slice(&SHIFT_JIS.encode("プロトコル").0);
        assert_eq!(decode(&bytes).text, format!("{TITLE}\nプロトコル"));
    }
}
