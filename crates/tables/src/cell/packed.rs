//! The compact form of a row, for temporary files only: no names, no types, read back by the same version that wrote it.
//!
//! Numbers are LEB128 (DWARF 5, section 7.6), signed ones in zigzag order; texts have their length in front.

use whotalks_record::Interner;

/// Bytes that are read as rows.
pub(crate) struct Packed<'a, 'b> {
    rest: &'a [u8],
    texts: &'b mut Interner,
}

/// The most bytes of a 64-bit number in LEB128.
const LONGEST_NUMBER: u32 = 10;

impl<'a, 'b> Packed<'a, 'b> {
    pub(crate) fn new(rest: &'a [u8], texts: &'b mut Interner) -> Self {
        Self { rest, texts }
    }

    /// What has not been read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The shared form of a text.
    pub(crate) fn texts(&mut self) -> &mut Interner {
        self.texts
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*head)
    }

    pub(crate) fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for place in 0..LONGEST_NUMBER {
            let [byte] = self.array()?;
            value |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn signed(&mut self) -> Option<i64> {
        let value = self.unsigned()?;
        Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.unsigned()?).ok()?;
        let (head, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(head)
    }

    /// How many items follow; never more than bytes are left, since each takes one at least.
    pub(crate) fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.unsigned()?).ok()?;
        (count <= self.rest.len()).then_some(count)
    }
}

pub(crate) fn put_unsigned(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

pub(crate) fn put_signed(value: i64, bytes: &mut Vec<u8>) {
    put_unsigned(((value << 1) ^ (value >> 63)).cast_unsigned(), bytes);
}

pub(crate) fn put_bytes(value: &[u8], bytes: &mut Vec<u8>) {
    put_unsigned(value.len() as u64, bytes);
    bytes.extend_from_slice(value);
}

pub(crate) fn put_count(count: usize, bytes: &mut Vec<u8>) {
    put_unsigned(count as u64, bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_bounds_come_back() {
        let mut bytes = Vec::new();
        for value in [0, 127, 128, u64::MAX] {
            put_unsigned(value, &mut bytes);
        }
        for value in [0, -1, i64::MIN, i64::MAX] {
            put_signed(value, &mut bytes);
        }
        let mut texts = Interner::default();
        let mut packed = Packed::new(&bytes, &mut texts);
        for value in [0, 127, 128, u64::MAX] {
            assert_eq!(packed.unsigned(), Some(value));
        }
        for value in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(packed.signed(), Some(value));
        }
        assert_eq!(packed.unsigned(), None);
    }

    #[test]
    fn a_number_without_end_is_refused() {
        let mut texts = Interner::default();
        assert_eq!(Packed::new(&[0xff; 20], &mut texts).unsigned(), None);
    }
}
