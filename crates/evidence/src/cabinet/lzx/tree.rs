//! Prefix codes of LZX, given by the lengths of their codes (MS-PATCH 2.4).

use std::io;

use super::super::directory::damaged;
use super::bits::Bits;

/// The longest code, in bits.
const LONGEST_CODE: usize = 16;

/// Symbols in the tree that packs the lengths of another one.
const PRETREE_SYMBOLS: usize = 20;

/// Lengths are told as differences to the ones before, modulo this.
const LENGTHS: u8 = 17;

/// A complete prefix code. Codes of one length follow one another in the order of their symbols.
#[derive(Debug)]
pub(super) struct Tree {
    /// How many codes have each length, from 1.
    counts: [u32; LONGEST_CODE],
    /// The symbols by length, then by number.
    symbols: Vec<u16>,
}

impl Tree {
    /// The code with these lengths, of which 0 means that the symbol does not occur; none where no symbol does.
    pub(super) fn of(lengths: &[u8]) -> io::Result<Option<Self>> {
        let mut counts = [0; LONGEST_CODE];
        let mut symbols = Vec::new();
        for (length, count) in (1_u8..).zip(&mut counts) {
            let before = symbols.len();
            let of_length = (0_u16..).zip(lengths).filter(|(_, one)| **one == length);
            symbols.extend(of_length.map(|(symbol, _)| symbol));
            *count = u32::try_from(symbols.len() - before).unwrap_or(u32::MAX);
        }
        if symbols.is_empty() {
            return Ok(None);
        }
        // Each code takes its share of what the codes of 16 bits have room for; a complete code takes all.
        let share = |(length, count): (u32, &u32)| u64::from(*count) << (16 - length);
        let taken: u64 = (1_u32..).zip(&counts).map(share).sum();
        if taken != 1 << 16 {
            return Err(damaged("a prefix code that is not complete"));
        }
        Ok(Some(Self { counts, symbols }))
    }

    /// The same, where a code without symbols is none.
    pub(super) fn required(lengths: &[u8]) -> io::Result<Self> {
        Self::of(lengths)?.ok_or_else(|| damaged("an empty prefix code"))
    }

    /// The next symbol.
    pub(super) fn symbol(&self, bits: &mut Bits<'_>) -> io::Result<u16> {
        let (mut code, mut first, mut index) = (0_u32, 0_u32, 0_usize);
        for count in &self.counts {
            code |= bits.bit()?;
            let within = code.wrapping_sub(first);
            if within < *count {
                let symbol = self.symbols.get(index.saturating_add(within as usize));
                return symbol.copied().ok_or_else(|| damaged("a code without symbol"));
            }
            index = index.saturating_add(*count as usize);
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(damaged("a code over 16 bits"))
    }
}

/// Reads new lengths for a part of a tree, which are told by what they were before (MS-PATCH 2.5).
pub(super) fn read_lengths(lengths: &mut [u8], bits: &mut Bits<'_>) -> io::Result<()> {
    let mut of_pretree = [0_u8; PRETREE_SYMBOLS];
    for length in &mut of_pretree {
        *length = bits.number(4)? as u8;
    }
    let pretree = Tree::required(&of_pretree)?;
    let mut place = 0;
    while place < lengths.len() {
        let code = pretree.symbol(bits)?;
        let (run, code) = match code {
            17 => (bits.number(4)? + 4, None),
            18 => (bits.number(5)? + 20, None),
            19 => (bits.number(1)? + 4, Some(pretree.symbol(bits)?)),
            code => (1, Some(code)),
        };
        let end = place.saturating_add(run as usize);
        let part = lengths
            .get_mut(place..end)
            .ok_or_else(|| damaged("a run of lengths over its end"))?;
        let before = part.first().copied().unwrap_or_default();
        part.fill(length_of(code, before)?);
        place = end;
    }
    Ok(())
}

/// The length that a code means; none is for zeros.
fn length_of(code: Option<u16>, before: u8) -> io::Result<u8> {
    let Some(code) = code else { return Ok(0) };
    let difference = u8::try_from(code).ok().filter(|code| *code < LENGTHS);
    let difference = difference.ok_or_else(|| damaged("a run of runs of lengths"))?;
    Ok((before + LENGTHS - difference) % LENGTHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_by_codes_that_follow_one_another() {
        // Symbols 0 to 3 with the codes 10, 0, 110, 111.
        let tree = Tree::required(&[2, 1, 3, 3]).unwrap();
        let mut bits = Bits::new(&[0b0110_1110, 0b1011_0111]);
        let read: Vec<u16> = (0..4).map(|_| tree.symbol(&mut bits).unwrap()).collect();
        assert_eq!(read, [0, 2, 3, 1]);
    }

    #[test]
    fn a_code_has_to_be_complete() {
        for lengths in [&[1][..], &[1, 1, 1], &[2, 2, 2]] {
            assert!(Tree::of(lengths).is_err(), "{lengths:?}");
        }
        assert!(Tree::of(&[0, 0]).unwrap().is_none());
    }
}
