//! Domain names with compression (RFC 1035 4.1.4).

use whotalks_bytes::Cursor;

use super::super::name::push_escaped;
use crate::Stop;

/// The longest name in wire form (RFC 1035 2.3.4).
const MOST_BYTES: usize = 255;
/// The two upper bits of a length tell what it is.
const KIND_MASK: u8 = 0xc0;
const POINTER: u8 = 0xc0;
const LABEL: u8 = 0x00;

/// A name inside a message. It was walked once to its end when it was read.
///
/// A pointer must lead to an earlier place than the labels before it stand at, as RFC 1035 asks ("a prior occurrence"), so
/// a name cannot loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    message: &'a [u8],
    offset: u64,
}

impl<'a> Name<'a> {
    /// Reads the name at the cursor, which counts from the start of `message`, and leaves the cursor behind it.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for a pointer that does not lead back, an unknown label type or a name of more than 255 bytes;
    /// [`Stop::Short`].
    pub fn parse(message: &'a [u8], cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let name = Self {
            message,
            offset: cursor.offset(),
        };
        let mut walk = Walk {
            message,
            cursor: *cursor,
            segment_start: cursor.offset(),
            wire_bytes: 0,
            end: None,
        };
        while walk.label()?.is_some() {}
        if let Some(end) = walk.end {
            *cursor = end;
        }
        Ok(name)
    }

    /// The labels in order, without the root.
    pub fn labels(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let start = usize::try_from(self.offset)
            .ok()
            .and_then(|start| self.message.get(start..))
            .unwrap_or_default();
        let mut walk = Walk {
            message: self.message,
            cursor: Cursor::at(start, self.offset),
            segment_start: self.offset,
            wire_bytes: 0,
            end: None,
        };
        std::iter::from_fn(move || walk.label().ok().flatten())
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
    cursor: Cursor<'a>,
    /// Where the labels since the last pointer begin; the next pointer must lead before it.
    segment_start: u64,
    wire_bytes: usize,
    /// Where the name ends in the place it was read from: after the root, or after the first pointer.
    end: Option<Cursor<'a>>,
}

impl<'a> Walk<'a> {
    /// The next label, none at the root.
    fn label(&mut self) -> Result<Option<&'a [u8]>, Stop> {
        loop {
            let offset = self.cursor.offset();
            let length = self.cursor.u8("dns.label_length")?;
            match length & KIND_MASK {
                LABEL if length == 0 => {
                    self.end.get_or_insert(self.cursor);
                    return Ok(None);
                }
                LABEL => return self.take_label(length, offset).map(Some),
                POINTER => self.jump(length, offset)?,
                _ => {
                    return Err(Stop::Malformed {
                        field: "dns.label_type",
                        number: length.into(),
                        offset,
                    });
                }
            }
        }
    }

    fn take_label(&mut self, length: u8, offset: u64) -> Result<&'a [u8], Stop> {
        self.wire_bytes += usize::from(length) + 1;
        // The root label takes the last of the 255 bytes.
        if self.wire_bytes >= MOST_BYTES {
            return Err(Stop::Malformed {
                field: "dns.name_length",
                number: length.into(),
                offset,
            });
        }
        Ok(self.cursor.slice("dns.label", length.into())?)
    }

    fn jump(&mut self, high: u8, offset: u64) -> Result<(), Stop> {
        let low = self.cursor.u8("dns.pointer")?;
        self.end.get_or_insert(self.cursor);
        let target = u16::from_be_bytes([high & !KIND_MASK, low]);
        if u64::from(target) >= self.segment_start {
            return Err(Stop::Malformed {
                field: "dns.pointer",
                number: target.into(),
                offset,
            });
        }
        let rest = self.message.get(usize::from(target)..).unwrap_or_default();
        self.segment_start = target.into();
        self.cursor = Cursor::at(rest, target.into());
        Ok(())
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
        fn any_bytes_give_a_bounded_text_or_an_error(message: Vec<u8>, offset: usize) {
            if let Ok((text, end)) = parse(&message, offset % (message.len() + 1)) {
                prop_assert!(text.len() <= MOST_BYTES * 4);
                prop_assert!(end <= message.len() as u64);
            }
        }
    }
}
