//! One event of a trace, borrowed from the buffer it lies in.

use std::fmt;

use whotalks_record::{Span, Timestamp};

use crate::Extended;

/// A globally unique identifier, in the byte order in which Windows keeps it (MS-DTYP 2.3.4.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(pub [u8; 16]);

/// Which of the headers an event came with, and thereby who describes its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// `EVENT_HEADER`: a provider with a manifest, or one whose events describe themselves.
    Manifest,
    /// A system, compact or performance header: the kernel's own groups of events. [`Event::id`] is the group.
    Kernel,
    /// `EVENT_TRACE_HEADER`: a provider of the classic kind, described by MOF.
    Classic,
    /// `EVENT_INSTANCE_GUID_HEADER`: a classic provider that numbers what its events are about.
    Instance,
    /// `MESSAGE_TRACE_HEADER`: a message of the software trace preprocessor (WPP), whose text stands in the symbols of the
    /// program only. [`Event::id`] is the number of the message.
    Message,
    /// A header without a documented layout; nothing but its existence is known.
    Opaque,
}

/// One event.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// Where it lies; `span.position` is its number in the order of delivery, from 1. In a compressed buffer the offset is that
    /// of the buffer and the length is 0.
    pub span: Span,
    /// Which header it has.
    pub origin: Origin,
    /// When; none in a trace whose clock is not known, and for messages that carry no time.
    pub time: Option<Timestamp>,
    /// Who wrote it. For [`Origin::Kernel`] the identifier under which the group is documented; all zero where there is none.
    pub provider: Guid,
    /// The identifier of the event within its provider.
    pub id: u16,
    /// The version of its payload.
    pub version: u8,
    /// The operation; for classic and kernel events the type of the event.
    pub opcode: u8,
    /// How severe it is: 1 critical to 5 verbose, 0 always written.
    pub level: u8,
    /// The keywords under which it was written.
    pub keywords: u64,
    /// The process on whose thread it was written, which need not be the one it is about.
    pub process_id: Option<u32>,
    /// That thread.
    pub thread_id: Option<u32>,
    /// The activity it belongs to; all zero for none.
    pub activity: Guid,
    /// The processor whose buffer it lies in.
    pub processor: u16,
    /// Bytes of a pointer in its payload: 4 or 8.
    pub pointer_bytes: u8,
    /// What stands between header and payload.
    pub extended: Extended<'a>,
    /// What its provider wrote.
    pub payload: &'a [u8],
}

impl Guid {
    /// All zero: no identifier.
    pub const NIL: Self = Self([0; 16]);

    /// The identifier of these four parts, as they are written.
    #[must_use]
    pub const fn new(first: u32, second: u16, third: u16, rest: [u8; 8]) -> Self {
        let [a, b, c, d] = first.to_le_bytes();
        let [e, f] = second.to_le_bytes();
        let [g, h] = third.to_le_bytes();
        let [i, j, k, l, m, n, o, p] = rest;
        Self([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }

    /// The identifier of a text such as `2f07e2ee-15db-40f1-90ef-9d7ba282188a`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('{').trim_end_matches('}');
        let is_shaped = text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        let mut parts = is_shaped.then(|| text.split('-'))?;
        let mut number = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits)?;
            u64::from_str_radix(part, 16).ok()
        };
        let (first, second, third) = (number(8)?, number(4)?, number(4)?);
        let rest = (number(4)? << 48) | number(12)?;
        Some(Self::new(
            u32::try_from(first).ok()?,
            u16::try_from(second).ok()?,
            u16::try_from(third).ok()?,
            rest.to_be_bytes(),
        ))
    }

    /// Whether it is all zero.
    #[must_use]
    pub fn is_nil(self) -> bool {
        self == Self::NIL
    }
}

impl fmt::Display for Guid {
    /// Lower case, without braces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g, h, i, rest @ ..] = self.0;
        let first = u32::from_le_bytes([a, b, c, d]);
        let (second, third) = (u16::from_le_bytes([e, g]), u16::from_le_bytes([h, i]));
        write!(f, "{first:08x}-{second:04x}-{third:04x}-")?;
        for (at, byte) in rest.iter().enumerate() {
            let dash = if at == 2 { "-" } else { "" };
            write!(f, "{dash}{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_reads_back_as_it_was_written() {
        let text = "2f07e2ee-15db-40f1-90ef-9d7ba282188a";
        let guid = Guid::parse(text).unwrap();
        assert_eq!(guid.to_string(), text);
        assert_eq!(guid.0[..4], [0xee, 0xe2, 0x07, 0x2f]);
        assert_eq!(Guid::parse(&format!("{{{}}}", text.to_uppercase())), Some(guid));
    }

    #[test]
    fn other_texts_are_no_guids() {
        for text in [
            "",
            "2f07e2ee",
            "2f07e2ee-15db-40f1-90ef9-d7ba282188a",
            "+f07e2ee-15db-40f1-90ef-9d7ba282188a",
        ] {
            assert_eq!(Guid::parse(text), None, "{text}");
        }
    }
}
