//! LZXPRESS: the plain LZ77 variant of the Xpress compression.
//!
//! Source: MS-XCA 2.3 and 2.4. A word of 32 flags, most significant first, tells for each of the next items whether it is a byte
//! or a match; a match is a 16-bit word of 13 bits of distance and 3 bits of length, whose longer values take half a byte, a
//! byte, two or four bytes more. Half bytes come in pairs: the first of a pair brings its byte, the second uses its upper half.

use std::fmt;

/// The shortest match.
const LEAST_MATCH: usize = 3;

/// Why decompression stopped. What came out before is still right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The input ends inside of an item.
    InputEnds,
    /// A match begins before the first byte.
    DistanceTooLong,
    /// A length contradicts the shorter form it would have had.
    LengthNotShortest,
    /// More comes out than is allowed.
    OutputFull,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InputEnds => "compressed data end inside of an item",
            Self::DistanceTooLong => "a match begins before the first byte",
            Self::LengthNotShortest => "the length of a match is written in too long a form",
            Self::OutputFull => "more data come out than the buffer holds",
        })
    }
}

/// Decompresses `input` into `output`, which is emptied first and never becomes longer than `most_bytes`.
///
/// # Errors
/// [`Stopped`] where the input does not end with a whole item; `output` then holds what came before.
pub fn decompress(input: &[u8], most_bytes: usize, output: &mut Vec<u8>) -> Result<(), Stopped> {
    output.clear();
    let mut state = State {
        input,
        at: 0,
        half_byte_at: None,
    };
    while let Some(flags) = state.flags() {
        let mut flags = flags;
        for _ in 0..u32::BITS {
            if state.at >= input.len() {
                return Ok(());
            }
            let is_match = flags & (1 << 31) != 0;
            flags <<= 1;
            if is_match {
                let (distance, length) = state.item()?;
                copy(output, distance, length, most_bytes)?;
            } else {
                let byte = state.byte()?;
                if output.len() >= most_bytes {
                    return Err(Stopped::OutputFull);
                }
                output.push(byte);
            }
        }
    }
    Ok(())
}

struct State<'a> {
    input: &'a [u8],
    at: usize,
    /// Where the byte lies whose upper half is the next half byte.
    half_byte_at: Option<usize>,
}

impl State<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Stopped> {
        let bytes = self.input.get(self.at..).and_then(|rest| rest.first_chunk::<N>());
        let bytes = *bytes.ok_or(Stopped::InputEnds)?;
        self.at += N;
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8, Stopped> {
        self.take::<1>().map(|[byte]| byte)
    }

    /// The next 32 flags; none at the end, also where fewer bytes than a word of flags are left, as padding is.
    fn flags(&mut self) -> Option<u32> {
        self.take::<4>().ok().map(u32::from_le_bytes)
    }

    /// A match: distance and length.
    fn item(&mut self) -> Result<(usize, usize), Stopped> {
        let word = usize::from(u16::from_le_bytes(self.take()?));
        let (distance, short) = ((word >> 3) + 1, word & 7);
        let length = if short < 7 { short } else { self.long_length()? };
        Ok((distance, length.saturating_add(LEAST_MATCH)))
    }

    /// A length of 7 or more, without the shortest match.
    fn long_length(&mut self) -> Result<usize, Stopped> {
        let half = self.half_byte()?;
        if half < 15 {
            return Ok(half + 7);
        }
        let byte = self.byte()?;
        if byte < u8::MAX {
            return Ok(usize::from(byte) + 15 + 7);
        }
        let word = u16::from_le_bytes(self.take()?);
        let length = match word {
            0 => u32::from_le_bytes(self.take()?),
            word => word.into(),
        };
        if length < 15 + 7 {
            return Err(Stopped::LengthNotShortest);
        }
        usize::try_from(length).map_err(|_| Stopped::OutputFull)
    }

    fn half_byte(&mut self) -> Result<usize, Stopped> {
        if let Some(at) = self.half_byte_at.take() {
            let byte = self.input.get(at).copied().ok_or(Stopped::InputEnds)?;
            return Ok(usize::from(byte >> 4));
        }
        self.half_byte_at = Some(self.at);
        self.byte().map(|byte| usize::from(byte & 15))
    }
}

/// Repeats `length` bytes from `distance` before the end; the two may overlap.
fn copy(output: &mut Vec<u8>, distance: usize, length: usize, most_bytes: usize) -> Result<(), Stopped> {
    let from = output.len().checked_sub(distance).ok_or(Stopped::DistanceTooLong)?;
    let room = most_bytes.saturating_sub(output.len());
    let taken = length.min(room);
    if distance >= taken {
        output.extend_from_within(from..from + taken);
    } else {
        for at in from..from + taken {
            let byte = output.get(at).copied().unwrap_or_default();
            output.push(byte);
        }
    }
    if taken < length {
        Err(Stopped::OutputFull)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(input: &[u8], most_bytes: usize) -> (Vec<u8>, Result<(), Stopped>) {
        let mut output = Vec::new();
        let end = decompress(input, most_bytes, &mut output);
        (output, end)
    }

    /// MS-XCA 3.1: the examples of the specification.
    #[test]
    fn the_examples_of_the_specification_come_out() {
        let alphabet = [
            0x3f, 0x00, 0x00, 0x00, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
            0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a,
        ];
        assert_eq!(
            unpacked(&alphabet, 100),
            (b"abcdefghijklmnopqrstuvwxyz".to_vec(), Ok(()))
        );
        let repeated = [
            0xff, 0xff, 0xff, 0x1f, 0x61, 0x62, 0x63, 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01,
        ];
        assert_eq!(unpacked(&repeated, 1_000), (b"abc".repeat(100), Ok(())));
    }

    #[test]
    fn output_past_the_bound_is_cut_off() {
        let repeated = [
            0xff, 0xff, 0xff, 0x1f, 0x61, 0x62, 0x63, 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01,
        ];
        assert_eq!(unpacked(&repeated, 30), (b"abc".repeat(10), Err(Stopped::OutputFull)));
        assert_eq!(unpacked(&[0, 0, 0, 0, 1, 2], 1), (vec![1], Err(Stopped::OutputFull)));
    }

    #[test]
    fn every_truncation_gives_a_prefix() {
        let repeated = [
            0xff, 0xff, 0xff, 0x1f, 0x61, 0x62, 0x63, 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01,
        ];
        let whole = b"abc".repeat(100);
        for length in 0..repeated.len() {
            let (output, _) = unpacked(&repeated[..length], 1_000);
            assert!(whole.starts_with(&output), "cut at {length}");
        }
    }

    #[test]
    fn a_match_before_the_first_byte_stops() {
        assert_eq!(
            unpacked(&[0, 0, 0, 0x80, 0, 0], 10),
            (vec![], Err(Stopped::DistanceTooLong))
        );
    }
}
