//! Lines of a text with their places in the original bytes.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use whotalks_record::{EvidenceId, Position, Span};

use crate::encoding::{CodePage, Encoding};

/// How much is read ahead to find the encoding, in bytes.
const PREFIX_BYTES: u64 = 65_536;

/// The longest line kept, in bytes. The longest real ones are `ss` rows of a socket shared by hundreds of workers, some
/// 20 KB; a binary file without line ends must not be taken into memory as one line.
pub(crate) const LONGEST_LINE_BYTES: usize = 131_072;

/// One line, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it lies: its number from 1, and its bytes without the line end.
    pub span: Span,
    /// The text without line end and byte order mark.
    pub text: String,
    /// How many bytes of it were dropped for being over the bound.
    pub dropped_bytes: u64,
    /// Whether a line end follows; without one the text may have been cut here.
    pub terminated: bool,
}

/// Reads a text line by line, holding one line at a time.
pub struct Lines<'a> {
    input: BufReader<Chain<Cursor<Vec<u8>>, &'a mut dyn Read>>,
    evidence: EvidenceId,
    encoding: Encoding,
    code_page: CodePage,
    number: u64,
    offset: u64,
}

/// The bytes of one line as they were taken in.
struct Raw {
    kept: Vec<u8>,
    total: u64,
    last: u8,
    terminated: bool,
}

impl<'a> Lines<'a> {
    /// Looks at the first bytes of `bytes` to find the encoding.
    ///
    /// # Errors
    /// What the operating system said when the first bytes could not be delivered.
    pub fn new(evidence: EvidenceId, bytes: &'a mut dyn Read) -> io::Result<Self> {
        let mut prefix = Vec::new();
        bytes.take(PREFIX_BYTES).read_to_end(&mut prefix)?;
        let encoding = Encoding::detect(&prefix);
        let mark = encoding.mark_length(&prefix);
        let code_page = CodePage::of_prefix(prefix.get(mark..).unwrap_or_default());
        let mut start = Cursor::new(prefix);
        start.set_position(mark as u64);
        Ok(Self {
            input: BufReader::new(start.chain(bytes)),
            evidence,
            encoding,
            code_page,
            number: 0,
            offset: mark as u64,
        })
    }

    /// The place of the next line.
    pub(crate) const fn here(&self) -> Span {
        Span {
            evidence: self.evidence,
            position: Position::Line(self.number.saturating_add(1)),
            offset: self.offset,
            length: 0,
        }
    }

    /// The encoding that was found.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The next line, or none at the end.
    ///
    /// # Errors
    /// What the operating system said when the next bytes could not be delivered.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let raw = self.take_raw()?;
        if raw.total == 0 {
            return Ok(None);
        }
        self.number += 1;
        let text = self.decode(&raw);
        let span = Span {
            evidence: self.evidence,
            position: Position::Line(self.number),
            offset: self.offset,
            length: u32::try_from(self.content_length(&raw)).unwrap_or(u32::MAX),
        };
        self.offset = self.offset.saturating_add(raw.total);
        Ok(Some(Line {
            span,
            text,
            dropped_bytes: raw.total.saturating_sub(raw.kept.len() as u64),
            terminated: raw.terminated,
        }))
    }

    fn decode(&mut self, raw: &Raw) -> String {
        let text = match self.encoding {
            Encoding::Bytes => self.code_page.decode(&raw.kept),
            encoding => encoding.decode(&raw.kept),
        };
        text.trim_end_matches(['\r', '\n']).to_owned()
    }

    /// The length of the line in bytes without its line end; carriage returns may be several.
    fn content_length(&self, raw: &Raw) -> u64 {
        let unit = self.encoding.unit();
        let is_end =
            |bytes: &[u8]| bytes.iter().all(|b| matches!(b, b'\r' | b'\n' | 0)) && !bytes.iter().all(|b| *b == 0);
        let ends = raw.kept.rchunks_exact(unit).take_while(|bytes| is_end(bytes)).count();
        raw.total.saturating_sub((ends.saturating_mul(unit)) as u64)
    }

    fn take_raw(&mut self) -> io::Result<Raw> {
        let mut raw = Raw {
            kept: Vec::new(),
            total: 0,
            last: 0,
            terminated: false,
        };
        while !raw.terminated {
            let available = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                // What came before the failure is still a line; the failure comes back at the next call.
                Err(_) if raw.total > 0 => break,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            let used = raw.take(available, self.encoding);
            self.input.consume(used);
        }
        Ok(raw)
    }
}

impl Raw {
    /// Takes bytes up to and with the next line end; returns how many.
    fn take(&mut self, available: &[u8], encoding: Encoding) -> usize {
        let wanted = match encoding {
            Encoding::Bytes => available.iter().position(|byte| *byte == b'\n'),
            _ => self.utf16_end(available, encoding),
        };
        self.terminated = wanted.is_some();
        let used = wanted.map_or(available.len(), |end| end.saturating_add(1));
        let room = LONGEST_LINE_BYTES.saturating_sub(self.kept.len());
        let kept = available.get(..used.min(room)).unwrap_or_default();
        self.kept.extend_from_slice(kept);
        self.total = self.total.saturating_add(used as u64);
        self.last = available
            .get(..used)
            .and_then(|taken| taken.last().copied())
            .unwrap_or(self.last);
        used
    }

    /// The last byte of the next U+000A. Units are counted from the start of the line, which is always at a unit border.
    fn utf16_end(&self, available: &[u8], encoding: Encoding) -> Option<usize> {
        let mut previous = self.last;
        for (index, byte) in available.iter().enumerate() {
            let completes_unit = self.total.saturating_add(index as u64) % 2 == 1;
            let unit = if encoding == Encoding::Utf16Le {
                (*byte, previous)
            } else {
                (previous, *byte)
            };
            if completes_unit && unit == (0, b'\n') {
                return Some(index);
            }
            previous = *byte;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut bytes: &[u8]) -> Vec<Line> {
        let mut lines = Lines::new(EvidenceId(1), &mut bytes).unwrap();
        std::iter::from_fn(|| lines.next_line().unwrap()).collect()
    }

    #[test]
    fn offsets_point_into_the_original_bytes_of_a_code_page() {
        let bytes = [0x83, 0x41, b'\r', b'\n', b'x', b'y', b'\n', b'z'];
        let lines = lines(&bytes);
        let places: Vec<_> = lines
            .iter()
            .map(|line| (line.span.offset, line.span.length, line.text.as_str()))
            .collect();
        assert_eq!(places, [(0, 2, "ア"), (4, 2, "xy"), (7, 1, "z")]);
        assert!(!lines[2].terminated && lines[1].terminated);
    }

    #[test]
    fn offsets_point_into_the_original_bytes_of_utf16() {
        let bytes: Vec<u8> = "\u{feff}ア x\r\n上\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let places: Vec<_> = lines(&bytes)
            .iter()
            .map(|line| (line.span.offset, line.span.length, line.text.clone()))
            .collect();
        assert_eq!(places, [(2, 6, "ア x".to_owned()), (12, 2, "上".to_owned())]);
    }

    #[test]
    fn a_line_over_the_bound_is_cut_and_the_rest_counted() {
        let mut bytes = vec![b'a'; LONGEST_LINE_BYTES + 10];
        bytes.extend_from_slice(b"\nnext\n");
        let lines = lines(&bytes);
        assert_eq!(lines[0].dropped_bytes, 11);
        assert_eq!(lines[0].text.len(), LONGEST_LINE_BYTES);
        assert_eq!(lines[1].text, "next");
    }

    #[test]
    fn carriage_returns_before_the_line_end_are_no_part_of_the_line() {
        assert_eq!(lines(b"a\r\r\nb")[0].span.length, 1);
    }
}
