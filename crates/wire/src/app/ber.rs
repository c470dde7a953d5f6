//! BER and DER elements (X.690), as far as the protocols that use them need it.

/// The head of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// The identifier octet; numbers above 30 are not read.
    pub(crate) tag: u8,
    /// Bytes before the content.
    pub(crate) header_bytes: usize,
    /// Bytes of the content; none where the length is indefinite or longer than four bytes.
    pub(crate) content_bytes: Option<usize>,
}

impl Head {
    /// The whole element.
    pub(crate) fn total_bytes(&self) -> Option<usize> {
        self.content_bytes?.checked_add(self.header_bytes)
    }
}

/// Reads the head of the element that the bytes begin with; none until it is complete.
pub(crate) fn head(bytes: &[u8]) -> Option<Head> {
    let tag = *bytes.first()?;
    let first = *bytes.get(1)?;
    let digits = usize::from(first & 0x7f);
    if first < 0x80 {
        return Some(Head {
            tag,
            header_bytes: 2,
            content_bytes: Some(digits),
        });
    }
    if !(1..=4).contains(&digits) {
        return Some(Head {
            tag,
            header_bytes: 2,
            content_bytes: None,
        });
    }
    let length = bytes.get(2..2 + digits)?;
    let content = length
        .iter()
        .fold(0usize, |sum, digit| (sum << 8) | usize::from(*digit));
    Some(Head {
        tag,
        header_bytes: 2 + digits,
        content_bytes: Some(content),
    })
}

/// The content of the element that the bytes begin with, as far as it is there, and what follows; none where the tag differs.
pub(crate) fn content(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let head = head(bytes).filter(|head| head.tag == tag)?;
    let inside = bytes.get(head.header_bytes..)?;
    let length = head.content_bytes?.min(inside.len());
    inside.split_at_checked(length)
}

/// The elements that stand one after the other, as far as they are whole: tag and content.
pub(crate) fn elements(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let head = head(rest)?;
        let end = head.total_bytes()?;
        let inside = rest.get(head.header_bytes..end)?;
        rest = rest.get(end..)?;
        Some((head.tag, inside))
    })
}

/// The content of the first element with that tag.
pub(crate) fn find(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    elements(bytes)
        .find(|(found, _)| *found == tag)
        .map(|(_, inside)| inside)
}

/// A non-negative INTEGER or ENUMERATED of up to four bytes.
pub(crate) fn integer(content: &[u8]) -> Option<u32> {
    let significant = content.strip_prefix(&[0]).unwrap_or(content);
    (!content.is_empty() && significant.len() <= 4)
        .then(|| significant.iter().fold(0, |sum, digit| (sum << 8) | u32::from(*digit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_and_long_lengths_are_read_and_indefinite_ones_told() {
        assert_eq!(head(&[0x30, 5]).and_then(|head| head.total_bytes()), Some(7));
        assert_eq!(head(&[0x30, 0x82, 1, 0]).and_then(|head| head.total_bytes()), Some(260));
        assert_eq!(head(&[0x30, 0x80]).map(|head| head.content_bytes), Some(None));
        assert_eq!(head(&[0x30, 0x82, 1]), None);
        assert_eq!(integer(&[0, 0xff]), Some(255));
    }

    proptest! {
        #[test]
        fn elements_lie_within_the_bytes(bytes: Vec<u8>) {
            let inside: usize = elements(&bytes).map(|(_, content)| content.len()).sum();
            prop_assert!(inside <= bytes.len());
        }
    }
}
