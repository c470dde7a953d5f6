//! A position in a slice and reads that carry the name of what they read.

use thiserror::Error;

use crate::fixed::ByteOrder;

/// A read that wanted more bytes than there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{field} needs {needed} bytes at {offset}, {available} available")]
pub struct ReadError {
    /// The field in the words of its specification, `layer.field`.
    pub field: &'static str,
    /// Where the field begins, in bytes from the start of what the cursor was made for.
    pub offset: u64,
    /// Bytes the field needs.
    pub needed: usize,
    /// Bytes that were left.
    pub available: usize,
}

/// A position in a byte slice. Reads advance it; a read that fails leaves it where it was.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    rest: &'a [u8],
    offset: u64,
}

impl<'a> Cursor<'a> {
    /// A cursor at the first of `bytes`, counting offsets from 0.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self::at(bytes, 0)
    }

    /// A cursor at the first of `bytes`, which lies `offset` bytes into something larger.
    #[must_use]
    pub const fn at(bytes: &'a [u8], offset: u64) -> Self {
        Self { rest: bytes, offset }
    }

    /// Where the next read begins.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Bytes not yet read.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// True when everything was read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next `length` bytes.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn slice(&mut self, field: &'static str, length: usize) -> Result<&'a [u8], ReadError> {
        let Some((taken, rest)) = self.rest.split_at_checked(length) else {
            return Err(self.short(field, length));
        };
        self.advance(rest, length);
        Ok(taken)
    }

    /// The next `N` bytes as an array, which fixed header fields are read from.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn array<const N: usize>(&mut self, field: &'static str) -> Result<&'a [u8; N], ReadError> {
        let Some((taken, rest)) = self.rest.split_first_chunk::<N>() else {
            return Err(self.short(field, N));
        };
        self.advance(rest, N);
        Ok(taken)
    }

    /// A cursor over the next `length` bytes, which keeps counting from here.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn part(&mut self, field: &'static str, length: usize) -> Result<Self, ReadError> {
        let offset = self.offset;
        Ok(Self::at(self.slice(field, length)?, offset))
    }

    /// Passes over `length` bytes.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn skip(&mut self, field: &'static str, length: usize) -> Result<(), ReadError> {
        self.slice(field, length).map(|_| ())
    }

    /// One byte.
    ///
    /// # Errors
    /// [`ReadError`] at the end.
    pub fn u8(&mut self, field: &'static str) -> Result<u8, ReadError> {
        self.array(field).map(|[byte]| *byte)
    }

    /// Two bytes, most significant first.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u16_be(&mut self, field: &'static str) -> Result<u16, ReadError> {
        self.array(field).map(|bytes| u16::from_be_bytes(*bytes))
    }

    /// Two bytes, least significant first.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u16_le(&mut self, field: &'static str) -> Result<u16, ReadError> {
        self.array(field).map(|bytes| u16::from_le_bytes(*bytes))
    }

    /// Three bytes, most significant first, as TLS writes lengths.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u24_be(&mut self, field: &'static str) -> Result<u32, ReadError> {
        self.array(field)
            .map(|[high, middle, low]| u32::from_be_bytes([0, *high, *middle, *low]))
    }

    /// Four bytes, most significant first.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u32_be(&mut self, field: &'static str) -> Result<u32, ReadError> {
        self.array(field).map(|bytes| u32::from_be_bytes(*bytes))
    }

    /// Four bytes, least significant first.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u32_le(&mut self, field: &'static str) -> Result<u32, ReadError> {
        self.array(field).map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// Eight bytes, most significant first.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u64_be(&mut self, field: &'static str) -> Result<u64, ReadError> {
        self.array(field).map(|bytes| u64::from_be_bytes(*bytes))
    }

    /// Eight bytes, least significant first.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u64_le(&mut self, field: &'static str) -> Result<u64, ReadError> {
        self.array(field).map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// Two bytes in the order given.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u16_by(&mut self, field: &'static str, order: ByteOrder) -> Result<u16, ReadError> {
        match order {
            ByteOrder::Little => self.u16_le(field),
            ByteOrder::Big => self.u16_be(field),
        }
    }

    /// Four bytes in the order given.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u32_by(&mut self, field: &'static str, order: ByteOrder) -> Result<u32, ReadError> {
        match order {
            ByteOrder::Little => self.u32_le(field),
            ByteOrder::Big => self.u32_be(field),
        }
    }

    /// Eight bytes in the order given.
    ///
    /// # Errors
    /// [`ReadError`] when fewer are left.
    pub fn u64_by(&mut self, field: &'static str, order: ByteOrder) -> Result<u64, ReadError> {
        match order {
            ByteOrder::Little => self.u64_le(field),
            ByteOrder::Big => self.u64_be(field),
        }
    }

    /// A slice whose length stands before it in one byte.
    ///
    /// # Errors
    /// [`ReadError`] when the length or the slice is cut off.
    pub fn slice_u8(&mut self, field: &'static str) -> Result<&'a [u8], ReadError> {
        let length = self.u8(field)?;
        self.slice(field, length.into())
    }

    /// A slice whose length stands before it in two bytes, most significant first.
    ///
    /// # Errors
    /// [`ReadError`] when the length or the slice is cut off.
    pub fn slice_u16_be(&mut self, field: &'static str) -> Result<&'a [u8], ReadError> {
        let length = self.u16_be(field)?;
        self.slice(field, length.into())
    }

    const fn short(&self, field: &'static str, needed: usize) -> ReadError {
        ReadError {
            field,
            offset: self.offset,
            needed,
            available: self.rest.len(),
        }
    }

    const fn advance(&mut self, rest: &'a [u8], length: usize) {
        self.rest = rest;
        // A slice cannot be longer than the address space, and no target has one wider than 64 bits.
        self.offset = self.offset.saturating_add(length as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_in_the_order_asked_for() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(Cursor::new(&bytes).u16_be("f"), Ok(0x0102));
        assert_eq!(Cursor::new(&bytes).u16_le("f"), Ok(0x0201));
        assert_eq!(Cursor::new(&bytes).u24_be("f"), Ok(0x01_0203));
        assert_eq!(Cursor::new(&bytes).u32_be("f"), Ok(0x0102_0304));
        assert_eq!(Cursor::new(&bytes).u32_le("f"), Ok(0x0403_0201));
        assert_eq!(Cursor::new(&bytes).u64_be("f"), Ok(0x0102_0304_0506_0708));
        assert_eq!(Cursor::new(&bytes).u64_le("f"), Ok(0x0807_0605_0403_0201));
        assert_eq!(Cursor::new(&bytes).u16_by("f", ByteOrder::Little), Ok(0x0201));
        assert_eq!(Cursor::new(&bytes).u32_by("f", ByteOrder::Big), Ok(0x0102_0304));
        assert_eq!(
            Cursor::new(&bytes).u64_by("f", ByteOrder::Little),
            Ok(0x0807_0605_0403_0201)
        );
    }

    #[test]
    fn a_read_past_the_end_names_field_place_and_lack_and_moves_nothing() {
        let mut cursor = Cursor::at(&[1, 2, 3], 33);
        cursor.u8("udp.first").unwrap();
        cursor.u8("udp.second").unwrap();
        let error = cursor.u16_be("udp.length").unwrap_err();
        assert_eq!(
            error,
            ReadError {
                field: "udp.length",
                offset: 35,
                needed: 2,
                available: 1
            }
        );
        assert_eq!(cursor.u8("udp.third"), Ok(3));
        assert!(cursor.is_empty());
    }

    #[test]
    fn a_part_ends_where_its_length_says_and_counts_on() {
        let mut cursor = Cursor::new(&[2, 0xaa, 0xbb, 0xcc]);
        let length = cursor.u8("list.length").unwrap();
        let mut part = cursor.part("list", length.into()).unwrap();
        assert_eq!(part.offset(), 1);
        assert_eq!(part.u16_be("list.item"), Ok(0xaabb));
        assert_eq!(part.u8("list.item").unwrap_err().offset, 3);
        assert_eq!(cursor.rest(), [0xcc]);
    }

    #[test]
    fn a_length_that_lies_about_its_slice_is_an_error() {
        assert_eq!(Cursor::new(&[1, 9]).slice_u8("f"), Ok(&[9][..]));
        assert_eq!(Cursor::new(&[2, 9]).slice_u8("f").unwrap_err().needed, 2);
        assert_eq!(Cursor::new(&[0, 3, 9]).slice_u16_be("f").unwrap_err().needed, 3);
    }

    proptest! {
        #[test]
        fn slices_and_rest_always_add_up(bytes: Vec<u8>, length in 0usize..64) {
            let mut cursor = Cursor::new(&bytes);
            match cursor.slice("f", length) {
                Ok(taken) => prop_assert_eq!([taken, cursor.rest()].concat(), bytes),
                Err(error) => {
                    prop_assert!(length > bytes.len());
                    prop_assert_eq!(error.available, bytes.len());
                    prop_assert_eq!(cursor.rest(), &bytes[..]);
                }
            }
        }
    }
}
