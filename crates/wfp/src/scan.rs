//! Finds tags in a stream without holding it.
//!
//! A general XML reader buffers a whole event before it hands it out and stops at the first error; a dump may be hundreds of
//! megabytes, damaged in the middle, with raw control characters and two root elements. So only the places of tags are found
//! here; what an item says is left to a real XML parser, item by item.

use std::io::{self, Read};

use crate::encoding::Units;

/// How much is read at once, in bytes; the first of it shows the encoding.
const BUFFER_BYTES: usize = 65_536;

/// The longest tag: `<filterCondition numItems="…">` has some thirty characters.
const LONGEST_TAG: usize = 1_024;

/// The largest item kept, in bytes. A real one has a few kilobytes, one that lists thousands of addresses a megabyte.
pub(crate) const LARGEST_ITEM_BYTES: usize = 4_194_304;

/// What kind of tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    Empty,
}

/// One tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) kind: TagKind,
    pub(crate) name: String,
    /// Where its `<` lies in the stream, in bytes.
    pub(crate) start: u64,
    /// Where the byte after its `>` lies.
    pub(crate) end: u64,
}

/// Bytes kept from some place on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Where the first one lies in the stream.
    pub(crate) start: u64,
    pub(crate) bytes: Vec<u8>,
    /// How many more there were than are kept.
    pub(crate) dropped: u64,
}

/// Walks a stream tag by tag.
pub(crate) struct Scanner<'a> {
    source: &'a mut dyn Read,
    buffer: Vec<u8>,
    /// How many bytes of the buffer have been walked.
    walked: usize,
    units: Units,
    offset: u64,
    /// The raw bytes of the tag that is being read or was read last.
    recent: Vec<u8>,
    kept: Option<Kept>,
}

impl<'a> Scanner<'a> {
    /// Looks at the first bytes to find the encoding.
    pub(crate) fn new(source: &'a mut dyn Read) -> io::Result<Self> {
        let mut scanner = Self {
            source,
            buffer: Vec::new(),
            walked: 0,
            units: Units::Bytes,
            offset: 0,
            recent: Vec::new(),
            kept: None,
        };
        scanner.available(BUFFER_BYTES)?;
        scanner.units = Units::detect(&scanner.buffer);
        Ok(scanner)
    }

    /// The encoding.
    pub(crate) const fn units(&self) -> Units {
        self.units
    }

    /// How far the stream has been walked, in bytes.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Starts keeping bytes, from the tag that was found last.
    pub(crate) fn keep(&mut self, last: &Tag) {
        self.kept = Some(Kept {
            start: last.start,
            bytes: self.recent.clone(),
            dropped: 0,
        });
    }

    /// Takes the kept bytes before `start` out; those from there on stay kept.
    pub(crate) fn split_kept(&mut self, start: u64) -> Kept {
        let Some(mut before) = self.kept.take() else {
            return Kept::default();
        };
        let length = usize::try_from(start.saturating_sub(before.start)).unwrap_or(usize::MAX);
        let bytes = before.bytes.split_off(length.min(before.bytes.len()));
        self.kept = Some(Kept {
            start,
            bytes,
            dropped: 0,
        });
        before
    }

    /// Keeping ends; what was kept is not wanted.
    pub(crate) fn forget(&mut self) {
        self.kept = None;
    }

    /// What was kept, up to the last tag; keeping ends.
    pub(crate) fn take_kept(&mut self) -> Kept {
        self.kept.take().unwrap_or_default()
    }

    /// The next tag; none at the end of the stream.
    pub(crate) fn next_tag(&mut self) -> io::Result<Option<Tag>> {
        while self.skip_to_markup()? {
            let start = self.offset;
            self.recent.clear();
            let Some(text) = self.tag_text()? else {
                return Ok(None);
            };
            if let Some(tag) = tag(&text, start, self.offset) {
                return Ok(Some(tag));
            }
        }
        Ok(None)
    }

    /// Walks to the next `<`; false at the end of the stream.
    fn skip_to_markup(&mut self) -> io::Result<bool> {
        let width = self.units.width();
        while self.available(width)? >= width {
            let units = self.units;
            let buffered = self.buffer.get(self.walked..).unwrap_or_default();
            let found = buffered.chunks_exact(width).position(|unit| units.ascii(unit) == b'<');
            let whole = buffered.len() / width;
            self.advance(found.unwrap_or(whole).saturating_mul(width));
            if found.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The text between `<` and `>`, walking behind it; empty where it is no tag. None at the end of the stream.
    fn tag_text(&mut self) -> io::Result<Option<String>> {
        let mut text = String::new();
        self.unit()?;
        while let Some(unit) = self.peek()? {
            // Another `<` before the `>`: the first one was a stray character.
            if unit == b'<' || text.len() >= LONGEST_TAG {
                return Ok(Some(String::new()));
            }
            self.unit()?;
            if unit == b'>' {
                return Ok(Some(text));
            }
            text.push(char::from(unit));
            match text.as_str() {
                "!--" => return self.skip_behind(*b"-->"),
                "![CDATA[" => return self.skip_behind(*b"]]>"),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Walks behind `end`; the result is the text of no tag.
    fn skip_behind(&mut self, end: [u8; 3]) -> io::Result<Option<String>> {
        let mut last = [0_u8; 3];
        while let Some(unit) = self.peek()? {
            self.unit()?;
            // What is skipped is no tag, so its bytes need not be remembered as one.
            self.recent.clear();
            let [_, second, third] = last;
            last = [second, third, unit];
            if last == end {
                return Ok(Some(String::new()));
            }
        }
        Ok(None)
    }

    /// The next unit without walking; none at the end of the stream.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        let width = self.units.width();
        self.available(width)?;
        let end = self.walked.saturating_add(width);
        Ok(self.buffer.get(self.walked..end).map(|unit| self.units.ascii(unit)))
    }

    /// Walks one unit of a tag.
    fn unit(&mut self) -> io::Result<()> {
        let width = self.units.width();
        self.available(width)?;
        let end = self.walked.saturating_add(width);
        let unit = self.buffer.get(self.walked..end).unwrap_or_default();
        self.recent.extend_from_slice(unit);
        self.advance(width);
        Ok(())
    }

    /// How many bytes lie in the buffer unwalked: at least `needed`, unless the stream ends before.
    fn available(&mut self, needed: usize) -> io::Result<usize> {
        while self.buffer.len().saturating_sub(self.walked) < needed {
            self.buffer.drain(..self.walked);
            self.walked = 0;
            let before = self.buffer.len();
            self.buffer.resize(before.saturating_add(BUFFER_BYTES), 0);
            let room = self.buffer.get_mut(before..).unwrap_or_default();
            let read = match self.source.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
                result => result.map(Some),
            };
            let count = read.as_ref().ok().copied().flatten().unwrap_or(0);
            self.buffer.truncate(before.saturating_add(count));
            if read? == Some(0) {
                break;
            }
        }
        Ok(self.buffer.len().saturating_sub(self.walked))
    }

    fn advance(&mut self, count: usize) {
        let end = self.walked.saturating_add(count).min(self.buffer.len());
        let taken = self.buffer.get(self.walked..end).unwrap_or_default();
        if let Some(kept) = &mut self.kept {
            let room = LARGEST_ITEM_BYTES.saturating_sub(kept.bytes.len());
            kept.bytes
                .extend_from_slice(taken.get(..taken.len().min(room)).unwrap_or_default());
            kept.dropped = kept.dropped.saturating_add(taken.len().saturating_sub(room) as u64);
        }
        self.offset = self.offset.saturating_add(taken.len() as u64);
        self.walked = end;
    }
}

/// A tag from the text between its angle brackets; none for declarations, comments and what is no tag.
fn tag(text: &str, start: u64, end: u64) -> Option<Tag> {
    let (kind, rest) = match text.strip_prefix('/') {
        Some(rest) => (TagKind::Close, rest),
        None if text.ends_with('/') => (TagKind::Empty, text),
        None => (TagKind::Open, text),
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
    let name = rest
        .get(..length)
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let name = name.to_owned();
    Some(Tag { kind, name, start, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(mut bytes: &[u8]) -> Vec<(TagKind, String, u64)> {
        let mut scanner = Scanner::new(&mut bytes).unwrap();
        let next = || scanner.next_tag().unwrap().map(|tag| (tag.kind, tag.name, tag.start));
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn tags_are_found_among_declarations_comments_and_stray_characters() {
        let text = b"<?xml?><!-- <x> --><a n=\"1\">1 < 2 <b/>\x01<![CDATA[<y>]]></a><";
        let names: Vec<_> = tags(text).into_iter().map(|(kind, name, _)| (kind, name)).collect();
        let expected = [(TagKind::Open, "a"), (TagKind::Empty, "b"), (TagKind::Close, "a")];
        assert_eq!(names, expected.map(|(kind, name)| (kind, name.to_owned())));
    }

    #[test]
    fn places_are_those_of_the_original_bytes() {
        let wide: Vec<u8> = "\u{feff}上<a>下</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let places: Vec<u64> = tags(&wide).into_iter().map(|(_, _, start)| start).collect();
        assert_eq!(places, [4, 12]);
    }

    #[test]
    fn kept_bytes_begin_at_the_tag_asked_for() {
        let mut bytes: &[u8] = b"<a><item>  <k>1</k></item>";
        let mut scanner = Scanner::new(&mut bytes).unwrap();
        scanner.next_tag().unwrap();
        let item = scanner.next_tag().unwrap().unwrap();
        scanner.keep(&item);
        let key = scanner.next_tag().unwrap().unwrap();
        let before = scanner.split_kept(key.start);
        assert_eq!((before.start, before.bytes.as_slice()), (3, b"<item>  ".as_slice()));
        scanner.next_tag().unwrap();
        let kept = scanner.take_kept();
        assert_eq!((kept.start, kept.bytes.as_slice()), (11, b"<k>1</k>".as_slice()));
    }

    #[test]
    fn a_huge_item_is_kept_to_its_bound_and_the_rest_counted() {
        let mut text = b"<item>".to_vec();
        text.resize(LARGEST_ITEM_BYTES + 100, b'x');
        text.extend_from_slice(b"</item>");
        let mut bytes = text.as_slice();
        let mut scanner = Scanner::new(&mut bytes).unwrap();
        let item = scanner.next_tag().unwrap().unwrap();
        scanner.keep(&item);
        scanner.next_tag().unwrap();
        let kept = scanner.take_kept();
        assert_eq!((kept.bytes.len(), kept.dropped), (LARGEST_ITEM_BYTES, 107));
    }
}
