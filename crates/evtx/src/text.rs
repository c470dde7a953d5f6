//! A text as it streams in: UTF-8 or UTF-16, buffered, with offsets in the bytes as they lie.

use std::io::Read;

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};
use whotalks_record::Text;

/// Bytes read at once.
const READ_BYTES: usize = 65_536;

/// What the bytes are.
enum Encoding {
    /// UTF-8, or anything whose markup is ASCII; broken sequences are replaced where a text is taken out.
    Utf8,
    /// UTF-16, decoded on the way in. `swapped`: big-endian.
    Utf16(Box<Decoder>),
}

/// Reads a text piece by piece. What is not consumed stays; the caller bounds it.
pub(crate) struct TextStream<'r> {
    reader: &'r mut dyn Read,
    encoding: Encoding,
    buffer: Vec<u8>,
    /// Where the unconsumed part of `buffer` begins.
    start: usize,
    offset: u64,
    line: u64,
    at_end: bool,
    error: Option<Text>,
}

impl<'r> TextStream<'r> {
    /// Looks at the first bytes to tell the encoding.
    pub(crate) fn new(reader: &'r mut dyn Read) -> Self {
        let mut stream = Self {
            reader,
            encoding: Encoding::Utf8,
            buffer: Vec::new(),
            start: 0,
            offset: 0,
            line: 1,
            at_end: false,
            error: None,
        };
        let first = stream.read();
        let (mark, encoding) = detect(&first);
        stream.offset = mark as u64;
        stream.encoding = encoding;
        stream.append(first.get(mark..).unwrap_or_default());
        stream
    }

    /// What is read and not consumed, as UTF-8 where the text is sound.
    pub(crate) fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Reads on; false at the end.
    pub(crate) fn fill(&mut self) -> bool {
        if self.at_end {
            return false;
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let bytes = self.read();
        self.append(&bytes);
        true
    }

    /// Drops `count` bytes of [`Self::rest`].
    pub(crate) fn consume(&mut self, count: usize) {
        let end = self.start.saturating_add(count).min(self.buffer.len());
        let gone = self.buffer.get(self.start..end).unwrap_or_default();
        self.offset += raw_length(&self.encoding, gone);
        self.line += gone.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.start = end;
    }

    /// Where [`Self::rest`] begins, in the bytes as they lie.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// How long the first `count` bytes of [`Self::rest`] are in the bytes as they lie.
    pub(crate) fn raw_length(&self, count: usize) -> u64 {
        raw_length(&self.encoding, self.rest().get(..count).unwrap_or_default())
    }

    /// The line on which [`Self::rest`] begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The system's message, where reading failed.
    pub(crate) fn error(&self) -> Option<&Text> {
        self.error.as_ref()
    }

    fn read(&mut self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(READ_BYTES);
        if let Err(error) = (&mut *self.reader).take(READ_BYTES as u64).read_to_end(&mut bytes) {
            self.error = Some(error.to_string().into());
            self.at_end = true;
        }
        self.at_end |= bytes.len() < READ_BYTES;
        bytes
    }

    fn append(&mut self, bytes: &[u8]) {
        match &mut self.encoding {
            Encoding::Utf8 => self.buffer.extend_from_slice(bytes),
            Encoding::Utf16(decoder) => {
                let needed = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or_default();
                let mut text = String::with_capacity(needed);
                let _ = decoder.decode_to_string(bytes, &mut text, self.at_end);
                self.buffer.extend_from_slice(text.as_bytes());
            }
        }
    }
}

/// The byte order mark's length and the encoding.
fn detect(bytes: &[u8]) -> (usize, Encoding) {
    let utf16 = |encoding: &'static encoding_rs::Encoding| {
        Encoding::Utf16(Box::new(encoding.new_decoder_without_bom_handling()))
    };
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => (3, Encoding::Utf8),
        [0xff, 0xfe, ..] => (2, utf16(UTF_16LE)),
        [0xfe, 0xff, ..] => (2, utf16(UTF_16BE)),
        [0, first, ..] if *first != 0 => (0, utf16(UTF_16BE)),
        [first, 0, ..] if *first != 0 => (0, utf16(UTF_16LE)),
        _ => (0, Encoding::Utf8),
    }
}

/// How many bytes a decoded text took before decoding. In UTF-16 every character takes two bytes, and four where UTF-8 takes
/// four.
fn raw_length(encoding: &Encoding, text: &[u8]) -> u64 {
    match encoding {
        Encoding::Utf8 => text.len() as u64,
        Encoding::Utf16(_) => {
            let is_continuation = |byte: &u8| byte & 0xc0 == 0x80;
            let characters = text.iter().filter(|byte| !is_continuation(byte)).count();
            let long = text.iter().filter(|byte| **byte >= 0xf0).count();
            (characters + long) as u64 * 2
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> (String, u64) {
        let mut bytes = bytes;
        let mut stream = TextStream::new(&mut bytes);
        while stream.fill() {}
        let text = String::from_utf8(stream.rest().to_vec()).unwrap();
        let length = stream.rest().len();
        stream.consume(length);
        (text, stream.offset())
    }

    #[test]
    fn the_same_text_is_read_from_every_encoding_with_its_own_offsets() {
        let text = "<a>許可𠮷</a>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let cases = [
            text.as_bytes().to_vec(),
            [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
            [&[0xff, 0xfe], little.as_slice()].concat(),
            [&[0xfe, 0xff], big.as_slice()].concat(),
            little,
        ];
        for bytes in cases {
            assert_eq!(whole(&bytes), (text.to_owned(), bytes.len() as u64));
        }
    }
}
