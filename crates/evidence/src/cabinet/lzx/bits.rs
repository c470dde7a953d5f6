//! Bits of LZX: words of 16 bits, low byte first, each read from its highest bit down (MS-PATCH 2.1.1).

use std::io;

use super::super::directory::damaged;

/// The packed bytes of a frame.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    rest: &'a [u8],
    word: u16,
    /// Bits of the word that were not read.
    left: u32,
}

impl<'a> Bits<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            word: 0,
            left: 0,
        }
    }

    pub(super) fn bit(&mut self) -> io::Result<u32> {
        if self.left == 0 {
            self.word = u16::from_le_bytes(*self.array()?);
            self.left = 16;
        }
        self.left -= 1;
        Ok(u32::from(self.word >> self.left) & 1)
    }

    /// A number of at most 32 bits, the highest first.
    pub(super) fn number(&mut self, bits: u32) -> io::Result<u32> {
        let mut number = 0;
        for _ in 0..bits {
            number = number << 1 | self.bit()?;
        }
        Ok(number)
    }

    /// Passes over the rest of the word, or over a whole one where none was begun, so that bytes follow.
    pub(super) fn align(&mut self) -> io::Result<()> {
        if self.left == 0 {
            self.array::<2>()?;
        }
        self.left = 0;
        Ok(())
    }

    /// Passes over one byte, where there is one and no word was begun.
    pub(super) fn skip_byte(&mut self) -> bool {
        let rest = self.rest.split_first().filter(|_| self.left == 0);
        self.rest = rest.map_or(self.rest, |(_, rest)| rest);
        rest.is_some()
    }

    /// A number of four bytes, the lowest first, after [`Self::align`].
    pub(super) fn long(&mut self) -> io::Result<u32> {
        Ok(u32::from_le_bytes(*self.array()?))
    }

    /// Bytes as they are, after [`Self::align`].
    pub(super) fn bytes(&mut self, length: usize) -> io::Result<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or_else(too_short)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> io::Result<&'a [u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(too_short)?;
        self.rest = rest;
        Ok(bytes)
    }
}

fn too_short() -> io::Error {
    damaged("a block of LZX that ends too early")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_from_the_top_of_words_and_bytes_after_a_whole_one_is_passed() {
        let mut bits = Bits::new(&[0x01, 0xa0, 0xff, 0xff, 7, 8]);
        assert_eq!(bits.number(3).unwrap(), 0b101);
        assert_eq!(bits.number(13).unwrap(), 1);
        bits.align().unwrap();
        assert_eq!(bits.bytes(2).unwrap(), [7, 8]);
        assert!(bits.bit().is_err());
        assert!(!bits.skip_byte());
    }
}
