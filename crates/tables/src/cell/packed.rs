//! The compact form of a row, for temporary files only: no names, no types, read back by the same version that wrote it.
//!
//! Numbers are LEB128 (DWARF 5, section 7.6), signed ones in zigzag order; texts have their length in front. A value that may be missing
//! has a zero in front; where values are missing, one byte says how many follow each other.

/// Bytes that rows are appended to.
pub(crate) struct Packing<'b> {
    bytes: &'b mut Vec<u8>,
    /// How many values were missing since the last one that was not, and are not written yet.
    missing: u8,
}

/// Bytes that are read as rows.
pub(crate) struct Packed<'a> {
    rest: &'a [u8],
    /// How many more values are missing before anything else is read.
    missing: u8,
}

/// The most bytes of a 64-bit number in LEB128.
const LONGEST_NUMBER: u32 = 10;
/// What stands in front of a value that may be missing and is not.
const STATED: u8 = 0;

impl<'b> Packing<'b> {
    pub(crate) fn new(bytes: &'b mut Vec<u8>) -> Self {
        Self { bytes, missing: 0 }
    }

    /// Ends a row.
    pub(crate) fn finish(mut self) {
        self.flush();
    }

    fn flush(&mut self) {
        if self.missing != 0 {
            self.bytes.push(self.missing);
            self.missing = 0;
        }
    }

    /// A value that may be missing is.
    pub(crate) fn missing(&mut self) {
        if self.missing == u8::MAX {
            self.flush();
        }
        self.missing += 1;
    }

    /// A value that may be missing follows.
    pub(crate) fn stated(&mut self) {
        self.array([STATED]);
    }

    pub(crate) fn array<const N: usize>(&mut self, bytes: [u8; N]) {
        self.flush();
        self.bytes.extend_from_slice(&bytes);
    }

    pub(crate) fn unsigned(&mut self, mut value: u64) {
        self.flush();
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(crate) fn signed(&mut self, value: i64) {
        self.unsigned(((value << 1) ^ (value >> 63)).cast_unsigned());
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) {
        self.count(value.len());
        self.bytes.extend_from_slice(value);
    }

    pub(crate) fn count(&mut self, count: usize) {
        self.unsigned(count as u64);
    }
}

impl<'a> Packed<'a> {
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Self { rest, missing: 0 }
    }

    /// What has not been read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*head)
    }

    /// Whether a value that may be missing is there and follows.
    pub(crate) fn is_stated(&mut self) -> Option<bool> {
        if let Some(left) = self.missing.checked_sub(1) {
            self.missing = left;
            return Some(false);
        }
        let [mark] = self.array()?;
        self.missing = mark.saturating_sub(1);
        Some(mark == STATED)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_bounds_come_back() {
        let mut bytes = Vec::new();
        let mut packing = Packing::new(&mut bytes);
        for value in [0, 127, 128, u64::MAX] {
            packing.unsigned(value);
        }
        for value in [0, -1, i64::MIN, i64::MAX] {
            packing.signed(value);
        }
        packing.finish();
        let mut packed = Packed::new(&bytes);
        for value in [0, 127, 128, u64::MAX] {
            assert_eq!(packed.unsigned(), Some(value));
        }
        for value in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(packed.signed(), Some(value));
        }
        assert_eq!(packed.unsigned(), None);
    }

    #[test]
    fn values_that_are_missing_come_back_missing_however_many_they_are() {
        for missing in [0, 1, 2, 254, 255, 256, 600] {
            let mut bytes = Vec::new();
            let mut packing = Packing::new(&mut bytes);
            packing.stated();
            packing.unsigned(7);
            (0..missing).for_each(|_| packing.missing());
            packing.stated();
            packing.unsigned(8);
            packing.missing();
            packing.finish();
            let mut packed = Packed::new(&bytes);
            assert_eq!((packed.is_stated(), packed.unsigned()), (Some(true), Some(7)));
            assert!((0..missing).all(|_| packed.is_stated() == Some(false)), "{missing}");
            assert_eq!((packed.is_stated(), packed.unsigned()), (Some(true), Some(8)));
            assert_eq!((packed.is_stated(), packed.is_stated()), (Some(false), None));
        }
    }

    #[test]
    fn a_number_without_end_is_refused() {
        assert_eq!(Packed::new(&[0xff; 20]).unsigned(), None);
    }
}
