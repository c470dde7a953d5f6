//! LZXPRESS, the writing half (MS-XCA 2.3): greedy matches found by a table of the last place of each three bytes.

use std::collections::HashMap;

/// The longest distance that 13 bits can say.
const LONGEST_DISTANCE: usize = 8_192;
const SHORTEST_MATCH: usize = 3;

#[derive(Default)]
struct Output {
    bytes: Vec<u8>,
    flags_at: usize,
    flags: u32,
    count: u32,
    half_byte_at: Option<usize>,
}

/// `input`, compressed.
pub(super) fn compress(input: &[u8]) -> Vec<u8> {
    let mut output = Output {
        bytes: vec![0; 4],
        ..Output::default()
    };
    let mut last = HashMap::new();
    let mut at = 0;
    while let Some(byte) = input.get(at) {
        let found = longest(input, at, &last);
        let taken = match found {
            Some((distance, length)) => {
                output.found(distance, length);
                length
            }
            None => {
                output.literal(*byte);
                1
            }
        };
        for place in at..at + taken {
            if let Some(key) = input.get(place..place + SHORTEST_MATCH) {
                last.insert(key, place);
            }
        }
        at += taken;
    }
    output.finish()
}

fn longest(input: &[u8], at: usize, last: &HashMap<&[u8], usize>) -> Option<(usize, usize)> {
    let from = *last.get(input.get(at..at + SHORTEST_MATCH)?)?;
    let distance = at - from;
    let (old, new) = (input.get(from..)?, input.get(at..)?);
    let length = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    (distance <= LONGEST_DISTANCE).then_some((distance, length))
}

impl Output {
    fn flag(&mut self, is_match: bool) {
        self.flags = (self.flags << 1) | u32::from(is_match);
        self.count += 1;
        if self.count == u32::BITS {
            self.write_flags();
            self.flags_at = self.bytes.len();
            self.bytes.extend([0; 4]);
            (self.flags, self.count) = (0, 0);
        }
    }

    fn write_flags(&mut self) {
        let place = self.bytes.get_mut(self.flags_at..self.flags_at + 4);
        place
            .into_iter()
            .for_each(|place| place.copy_from_slice(&self.flags.to_le_bytes()));
    }

    fn literal(&mut self, byte: u8) {
        self.bytes.push(byte);
        self.flag(false);
    }

    fn found(&mut self, distance: usize, length: usize) {
        let rest = length - SHORTEST_MATCH;
        let word = ((distance - 1) << 3) | rest.min(7);
        self.bytes.extend((word as u16).to_le_bytes());
        if rest >= 7 {
            self.half_byte((rest - 7).min(15) as u8);
            if rest >= 7 + 15 {
                self.long(rest);
            }
        }
        self.flag(true);
    }

    fn half_byte(&mut self, value: u8) {
        match self.half_byte_at.take().and_then(|at| self.bytes.get_mut(at)) {
            Some(byte) => *byte |= value << 4,
            None => {
                self.half_byte_at = Some(self.bytes.len());
                self.bytes.push(value);
            }
        }
    }

    fn long(&mut self, rest: usize) {
        let over = rest - 7 - 15;
        if over < 255 {
            self.bytes.push(over as u8);
            return;
        }
        self.bytes.push(255);
        match u16::try_from(rest) {
            Ok(word) => self.bytes.extend(word.to_le_bytes()),
            Err(_) => {
                self.bytes.extend([0; 2]);
                self.bytes.extend((rest as u32).to_le_bytes());
            }
        }
    }

    /// Flags without an item are ones.
    fn finish(mut self) -> Vec<u8> {
        let unused = u32::BITS - self.count;
        let ones = u32::MAX.checked_shr(self.count).unwrap_or_default();
        self.flags = self.flags.checked_shl(unused).unwrap_or_default() | ones;
        self.write_flags();
        self.bytes
    }
}
