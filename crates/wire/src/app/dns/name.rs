//! Domain names with compression (RFC 1035 4.1.4).

use whotalks_bytes::{Cursor, ReadError};

use super::super::name::push_escaped;
use crate::Stop;

/// The longest name in wire form (RFC 1035 2.3.4).
const MOST_BYTES: usize = 255;
/// The two upper bits of a length tell what it is.
const KIND_MASK: u8 = 0xc0;
const POINTER: u8 = 0xc0;
/// The longest label (RFC 1035 2.3.4); larger numbers mean something else.
const LONGEST_LABEL: u8 = 63;
const LABEL: u8 = 0x00;

/// A name inside a message. It was walked once to its end when it was read.
///
/// A pointer must lead to an earlier place than the labels before it stand at, as RFC 1035 asks ("a prior occurrence"), so
/// a name cannot loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    message: &'a [u8],
    offset: u64,
    /// How many bytes it has with its root where it stands in one piece, else 0.
    plain_bytes: u8,
}

impl<'a> Name<'a> {
    /// Reads the name at the cursor, which counts from the start of `message`, and leaves the cursor behind it.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for a pointer that does not lead back, an unknown label type or a name of more than 255 bytes;
    /// [`Stop::Short`].
    pub fn parse(message: &'a [u8], cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let start = cursor.offset();
        let mut walk = Walk::new(message, start, start.saturating_add(cursor.rest().len() as u64));
        while walk.run()?.is_some() {}
        let read = walk.end.unwrap_or(walk.at).saturating_sub(walk.start);
        cursor.skip("dns.name", read)?;
        let is_plain = walk.segment_start == walk.start;
        Ok(Self {
            message,
            offset: start,
            plain_bytes: if is_plain { read as u8 } else { 0 },
        })
    }

    /// As [`Name::parse`], adding the canonical form to `bytes` as [`Name::write_canonical`] does.
    pub(super) fn copy_canonical(message: &[u8], cursor: &mut Cursor<'_>, bytes: &mut Vec<u8>) -> Result<(), Stop> {
        let (start, before) = (cursor.offset(), bytes.len());
        let mut walk = Walk::new(message, start, start.saturating_add(cursor.rest().len() as u64));
        while let Some(labels) = walk.run()? {
            bytes.extend_from_slice(labels);
        }
        bytes.push(0);
        // Lengths of labels are below the letters.
        bytes.get_mut(before..).unwrap_or_default().make_ascii_lowercase();
        cursor.skip("dns.name", walk.end.unwrap_or(walk.at).saturating_sub(walk.start))?;
        Ok(())
    }

    /// The labels in order, without the root.
    pub fn labels(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut walk = self.walk();
        std::iter::from_fn(move || walk.label().ok().flatten())
    }

    /// Adds the canonical form to `bytes` (RFC 4034 6.2): in lower case, not compressed, and with the root. Names are the same
    /// where their forms are, and [`Name::parse`] reads it.
    pub fn write_canonical(&self, bytes: &mut Vec<u8>) {
        let start = bytes.len();
        if let Some(plain) = self.plain() {
            bytes.extend_from_slice(plain);
        } else {
            let mut walk = self.walk();
            while let Ok(Some(labels)) = walk.run() {
                bytes.extend_from_slice(labels);
            }
            bytes.push(0);
        }
        // Lengths of labels are below the letters.
        bytes.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
    }

    fn walk(&self) -> Walk<'a> {
        Walk::new(self.message, self.offset, self.message.len() as u64)
    }

    /// The bytes of a name that stands in one piece.
    fn plain(&self) -> Option<&'a [u8]> {
        let rest = self.message.get(usize::try_from(self.offset).ok()?..)?;
        rest.get(..self.plain_bytes.into()).filter(|name| !name.is_empty())
    }

    /// The name as text: lower case, without the trailing dot, `\DDD` for bytes that are not printable ASCII and for dots
    /// and backslashes inside a label. The root is `.`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for label in self.labels() {
            if !text.is_empty() {
                text.push('.');
            }
            label.iter().for_each(|byte| push_label_byte(&mut text, *byte));
        }
        if text.is_empty() {
            text.push('.');
        }
        text
    }
}

impl Name<'_> {
    /// Whether the name is one of NetBIOS: 16 bytes, written as 32 letters from A to P (RFC 1001 14.1).
    pub(super) fn is_netbios(&self) -> bool {
        self.labels()
            .next()
            .is_some_and(|label| label.len() == 32 && label.iter().all(|byte| (b'A'..=b'P').contains(byte)))
    }
}

fn push_label_byte(text: &mut String, byte: u8) {
    if byte == b'.' {
        text.push_str("\\046")
    } else {
        push_escaped(text, byte)
    }
}

/// Follows labels and pointers.
struct Walk<'a> {
    message: &'a [u8],
    /// The message up to where labels may reach.
    bytes: &'a [u8],
    at: usize,
    /// Where the name begins.
    start: usize,
    /// Where the labels since the last pointer begin; the next pointer must lead before it.
    segment_start: usize,
    wire_bytes: usize,
    /// Where the name ends in the place it was read from: after the root, or after the first pointer.
    end: Option<usize>,
}

impl<'a> Walk<'a> {
    /// A walk from `start`; before the first pointer it does not reach past `end`.
    #[inline]
    fn new(message: &'a [u8], start: u64, end: u64) -> Self {
        let [start, end] = [start, end].map(|place| usize::try_from(place).unwrap_or(usize::MAX));
        Self {
            message,
            bytes: message.get(..end).unwrap_or(message),
            at: start,
            start,
            segment_start: start,
            wire_bytes: 0,
            end: None,
        }
    }

    /// The next label, none at the root.
    fn label(&mut self) -> Result<Option<&'a [u8]>, Stop> {
        loop {
            match self.length()? {
                (LABEL, 0) => return Ok(self.root()),
                (LABEL, length) => return self.take_label(length).map(|label| label.get(1..)),
                (_, length) => self.jump(length)?,
            }
        }
    }

    /// The labels up to the next pointer or the root, each behind its length; none at the root.
    #[inline]
    fn run(&mut self) -> Result<Option<&'a [u8]>, Stop> {
        loop {
            let start = self.at;
            self.pass_labels()?;
            if self.at > start {
                return Ok(self.bytes.get(start..self.at));
            }
            match self.length()? {
                (LABEL, _) => return Ok(self.root()),
                (_, length) => self.jump(length)?,
            }
        }
    }

    /// Passes the labels up to the next pointer or the root. Nearly all of a name are labels, so that no more than needed is
    /// asked of each.
    #[inline]
    fn pass_labels(&mut self) -> Result<(), Stop> {
        let room = (MOST_BYTES - 1).saturating_sub(self.wire_bytes);
        let end = self.bytes.len().min(self.at.saturating_add(room));
        let mut at = self.at;
        while let Some(&length @ 1..=LONGEST_LABEL) = self.bytes.get(at) {
            let next = at + usize::from(length) + 1;
            if next > end {
                self.pass(at);
                // It says what is wrong with the label.
                self.take_label(length)?;
                break;
            }
            at = next;
        }
        self.pass(at.max(self.at));
        Ok(())
    }

    /// Passes whole labels.
    #[inline]
    const fn pass(&mut self, to: usize) {
        self.wire_bytes += to - self.at;
        self.at = to;
    }

    /// The kind of what comes next, and the byte that tells its length.
    #[inline]
    fn length(&self) -> Result<(u8, u8), Stop> {
        let Some(&length) = self.bytes.get(self.at) else {
            return Err(self.short("dns.label_length", self.at, 1));
        };
        match length & KIND_MASK {
            kind @ (LABEL | POINTER) => Ok((kind, length)),
            _ => Err(self.malformed("dns.label_type", length.into())),
        }
    }

    /// Passes the root.
    #[inline]
    fn root<T>(&mut self) -> Option<T> {
        self.at += 1;
        self.end.get_or_insert(self.at);
        None
    }

    /// Passes a label; gives it with its length.
    #[inline]
    fn take_label(&mut self, length: u8) -> Result<&'a [u8], Stop> {
        let bytes = usize::from(length) + 1;
        self.wire_bytes += bytes;
        // The root label takes the last of the 255 bytes.
        if self.wire_bytes >= MOST_BYTES {
            return Err(self.malformed("dns.name_length", length.into()));
        }
        let Some(label) = self.bytes.get(self.at..self.at + bytes) else {
            return Err(self.short("dns.label", self.at + 1, length.into()));
        };
        self.at += bytes;
        Ok(label)
    }

    #[inline]
    fn jump(&mut self, high: u8) -> Result<(), Stop> {
        let Some(&low) = self.bytes.get(self.at + 1) else {
            return Err(self.short("dns.pointer", self.at + 1, 1));
        };
        let target = u16::from_be_bytes([high & !KIND_MASK, low]);
        if usize::from(target) >= self.segment_start {
            return Err(self.malformed("dns.pointer", target.into()));
        }
        self.end.get_or_insert(self.at + 2);
        self.bytes = self.message;
        self.segment_start = target.into();
        self.at = target.into();
        Ok(())
    }

    #[cold]
    fn short(&self, field: &'static str, at: usize, needed: usize) -> Stop {
        Stop::Short(ReadError {
            field,
            offset: at as u64,
            needed,
            available: self.bytes.len().saturating_sub(at),
        })
    }

    #[cold]
    const fn malformed(&self, field: &'static str, number: u32) -> Stop {
        Stop::Malformed {
            field,
            number,
            offset: self.at as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(message: &[u8], offset: usize) -> Result<(String, u64), Stop> {
        let mut cursor = Cursor::at(&message[offset..], offset as u64);
        let name = Name::parse(message, &mut cursor)?;
        Ok((name.text(), cursor.offset()))
    }

    #[test]
    fn labels_are_joined_and_lowered() {
        assert_eq!(
            parse(b"\x03WwW\x07example\0\xff", 0),
            Ok(("www.example".to_owned(), 13))
        );
        assert_eq!(parse(b"\0", 0), Ok((".".to_owned(), 1)));
    }

    #[test]
    fn a_pointer_continues_elsewhere_and_reading_goes_on_after_it() {
        assert_eq!(parse(b"\x03com\0\x01a\xc0\x00\xff", 5), Ok(("a.com".to_owned(), 9)));
    }

    #[test]
    fn odd_bytes_are_escaped() {
        assert_eq!(parse(b"\x04a.\\\x07\0", 0).unwrap().0, "a\\046\\092\\007");
    }

    #[test]
    fn a_pointer_that_does_not_lead_back_is_malformed() {
        for message in [&b"\xc0\x00"[..], b"\x01a\xc0\x00", b"\xc0\x02\x01a\0"] {
            assert!(
                matches!(
                    parse(message, 0),
                    Err(Stop::Malformed {
                        field: "dns.pointer",
                        ..
                    })
                ),
                "{message:?}"
            );
        }
    }

    #[test]
    fn the_canonical_form_tells_the_same_names_from_others_and_can_be_read() {
        let canonical = |message: &[u8], offset: usize| {
            let mut cursor = Cursor::at(&message[offset..], offset as u64);
            let mut bytes = Vec::new();
            Name::parse(message, &mut cursor).unwrap().write_canonical(&mut bytes);
            bytes
        };
        let compressed = canonical(b"\x03CoM\0\x01a\xc0\x00", 5);
        assert_eq!(compressed, canonical(b"\x01A\x03com\0", 0));
        assert_ne!(compressed, canonical(b"\x05a.com\0", 0));
        assert_eq!(parse(&compressed, 0), Ok(("a.com".to_owned(), 7)));
    }

    #[test]
    fn a_name_in_a_part_of_a_message_ends_with_it_before_a_pointer_leads_elsewhere() {
        let message = b"\x03com\0\x01a\xc0\x00";
        let read = |end: usize| Name::parse(message, &mut Cursor::at(&message[5..end], 5)).map(|name| name.text());
        assert_eq!(read(9), Ok("a.com".to_owned()));
        for end in 5..9 {
            assert!(matches!(read(end), Err(Stop::Short(_))), "{end}");
        }
    }

    #[test]
    fn a_name_longer_than_255_bytes_is_malformed_even_if_pointers_build_it() {
        let label = [&[63u8][..], &[b'a'; 63]].concat();
        let mut message = label.repeat(3);
        message.push(0);
        let second = message.len();
        message.extend([&label[..], &[0xc0, 0]].concat());
        assert!(matches!(
            parse(&message, second),
            Err(Stop::Malformed {
                field: "dns.name_length",
                ..
            })
        ));
        assert!(parse(&message, 0).is_ok());
    }

    #[test]
    fn old_label_types_are_malformed() {
        assert!(matches!(
            parse(b"\x41a\0", 0),
            Err(Stop::Malformed {
                field: "dns.label_type",
                number: 0x41,
                ..
            })
        ));
    }

    proptest! {
        #[test]
        fn a_canonical_copy_is_the_canonical_form_of_what_is_read(
            message in prop::collection::vec(prop_oneof![0u8..6, Just(0xc0), any::<u8>()], 0..40),
            offset in 0usize..40,
        ) {
            let offset = offset.min(message.len());
            let (mut one, mut other) = (Cursor::at(&message[offset..], offset as u64), Cursor::at(&message[offset..], offset as u64));
            let (mut copied, mut written) = (Vec::new(), Vec::new());
            let copy = Name::copy_canonical(&message, &mut one, &mut copied);
            let read = Name::parse(&message, &mut other);
            prop_assert_eq!(copy, read.map(|_| ()));
            if let Ok(name) = read {
                name.write_canonical(&mut written);
                prop_assert_eq!(copied, written);
                prop_assert_eq!(one.offset(), other.offset());
            }
        }

        #[test]
        fn any_bytes_give_a_bounded_text_or_an_error(message: Vec<u8>, offset: usize) {
            if let Ok((text, end)) = parse(&message, offset % (message.len() + 1)) {
                prop_assert!(text.len() <= MOST_BYTES * 4);
                prop_assert!(end <= message.len() as u64);
            }
        }
    }
}
