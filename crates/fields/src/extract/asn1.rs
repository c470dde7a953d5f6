//! Elements of ASN.1 in its basic and distinguished encodings (X.690).

use super::Bytes;

/// How deep elements lie in one another at most.
pub(crate) const MOST_DEPTH: usize = 24;

/// One element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    /// Its first byte: class, form and number; higher numbers do not occur in the protocols read here.
    pub(crate) tag: u8,
    pub(crate) value: Bytes<'a>,
    /// Bytes of the whole element.
    pub(crate) bytes: usize,
}

impl<'a> Element<'a> {
    /// The element that `bytes` begins with, as far as it is there.
    pub(crate) fn first(bytes: Bytes<'a>) -> Option<Self> {
        let (tag, short) = (bytes.u8(0)?, bytes.length(1, 1)?);
        let (header, length) = match short {
            0..=0x7f => (2, short),
            0x81..=0x84 => (2 + (short & 0x7f), bytes.length(2, short & 0x7f)?),
            _ => return None,
        };
        Some(Self {
            tag,
            value: bytes.part(header, length),
            bytes: length.saturating_add(header),
        })
    }

    /// What it holds, if it is a number of up to eight bytes.
    pub(crate) fn number(self) -> Option<i64> {
        let bytes = self.value.len();
        let number = self.value.be(0, bytes).filter(|_| (1..=8).contains(&bytes))?;
        Some(super::out::sign_extended(number, bytes))
    }

    /// The first element within it.
    pub(crate) fn inner(self) -> Option<Self> {
        Self::first(self.value)
    }

    /// The element within it that has this tag.
    pub(crate) fn tagged(self, tag: u8) -> Option<Self> {
        elements(self.value).find(|element| element.tag == tag)
    }
}

/// Elements one after the other.
pub(crate) fn elements(mut bytes: Bytes<'_>) -> impl Iterator<Item = Element<'_>> {
    std::iter::from_fn(move || {
        let element = Element::first(bytes)?;
        bytes = bytes.from(element.bytes);
        Some(element)
    })
}
