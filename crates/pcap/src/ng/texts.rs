//! Texts in the options of sections and interfaces, kept as long as the file is read.

use whotalks_record::{CaptureFilter, Text};

use super::options::Options;

/// The option of any block that is a comment.
pub(super) const COMMENT: u16 = 1;
/// Comments of one block that are read; capture tools write one.
pub(super) const MOST_COMMENTS: usize = 64;
/// Bytes of all texts of a file that are kept. Those of a capture with a hundred interfaces have a few kilobytes.
const MOST_BYTES: usize = 16 << 20;
/// The code of a capture filter in the language of pcap.
const PCAP_FILTER: u8 = 0;

/// Takes texts out of options, no more than fit.
#[derive(Debug)]
pub(super) struct Texts {
    /// Bytes that may still be kept.
    left: usize,
    /// Texts that were not kept.
    dropped: u64,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            left: MOST_BYTES,
            dropped: 0,
        }
    }
}

impl Texts {
    /// The first text with that code.
    pub(super) fn find(&mut self, options: Options<'_>, code: u16) -> Option<Text> {
        self.keep(options.find(code)?).map(text)
    }

    /// All comments.
    pub(super) fn comments(&mut self, options: Options<'_>) -> Vec<Text> {
        let comments = options.filter(|option| option.code == COMMENT).take(MOST_COMMENTS);
        comments
            .filter_map(|comment| self.keep(comment.value).map(text))
            .collect()
    }

    /// The capture filter with that code: a byte that says in which form it is, and the filter.
    pub(super) fn filter(&mut self, options: Options<'_>, code: u16) -> Option<CaptureFilter> {
        let (form, filter) = self.keep(options.find(code)?)?.split_first()?;
        Some(match *form {
            PCAP_FILTER => CaptureFilter::Text(text(filter)),
            other => CaptureFilter::Other(other, filter.to_vec()),
        })
    }

    /// How many texts were not kept, and how many bytes are kept at most.
    pub(super) const fn dropped(&self) -> (u64, u64) {
        (self.dropped, MOST_BYTES as u64)
    }

    pub(super) fn keep<'a>(&mut self, value: &'a [u8]) -> Option<&'a [u8]> {
        match self.left.checked_sub(value.len()) {
            Some(left) => {
                self.left = left;
                Some(value)
            }
            None => {
                self.dropped += 1;
                None
            }
        }
    }
}

/// Option texts are UTF-8 and may end in a zero byte.
pub(super) fn text(value: &[u8]) -> Text {
    String::from_utf8_lossy(until_zero(value)).into()
}

/// What stands before the zero byte that careless writers put behind a text, and behind that whatever was in their memory.
pub(super) fn until_zero(value: &[u8]) -> &[u8] {
    let end = value.iter().position(|byte| *byte == 0).unwrap_or(value.len());
    value.get(..end).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use whotalks_bytes::{ByteOrder, Cursor};

    use super::*;

    #[test]
    fn texts_beyond_the_bound_are_counted_and_not_kept() {
        let bytes = [1, 0, 3, 0, b'a', b'b', b'c', 0, 1, 0, 1, 0, b'd', 0, 0, 0];
        let options = Options::new(Cursor::new(&bytes), ByteOrder::Little);
        let mut texts = Texts { left: 3, dropped: 0 };
        assert_eq!(texts.comments(options), ["abc".into()]);
        assert_eq!(texts.dropped().0, 1);
    }

    #[test]
    fn a_text_ends_at_a_zero_byte() {
        assert_eq!(
            (until_zero(b"Packet #1\0x"), until_zero(b"")),
            (&b"Packet #1"[..], &b""[..])
        );
    }

    #[test]
    fn a_capture_filter_says_which_form_it_has() {
        let filter = |value: [u8; 4]| {
            let bytes = [&[11, 0, 4, 0], &value[..]].concat();
            let options = Options::new(Cursor::new(&bytes), ByteOrder::Little);
            Texts::default().filter(options, 11)
        };
        assert_eq!(filter(*b"\0tcp"), Some(CaptureFilter::Text("tcp".into())));
        assert_eq!(filter(*b"\x01abc"), Some(CaptureFilter::Other(1, b"abc".to_vec())));
    }
}
