//! LZX as cabinets use it (MS-CAB, MS-PATCH without its additions for patches): frames of at most 32 KiB over a window of at most
//! 2 MiB, packed in blocks that may go on over several frames; calls in x86 programs are translated back afterwards.
//!
//! Written here and not taken from a crate: the one there is (`lzxd` 0.2) translates a call to the address 0 wrongly without
//! saying so, and its arithmetic overflows on hostile offsets.

mod bits;
mod tree;

use std::io;

use bits::Bits;
use tree::{Tree, read_lengths};

use super::directory::damaged;

/// A frame unpacks to at most this many bytes.
const LARGEST_FRAME_BYTES: usize = 32 << 10;

/// Sizes of windows that cabinets allow, as powers of two.
const WINDOW_BITS: std::ops::RangeInclusive<u16> = 15..=21;

/// Literals come first in the main tree.
const LITERALS: usize = 256;
/// Symbols of the tree of lengths.
const LENGTH_SYMBOLS: usize = 249;
/// Lengths that stand in the main symbol itself; one more says that the tree of lengths follows.
const LONG_LENGTH: u16 = 7;
const SHORTEST_MATCH: usize = 2;

/// Behind this many bytes no call is translated any more, and in the last bytes of a frame none is.
const LAST_TRANSLATED: u64 = 1 << 30;
const UNTRANSLATED_END: usize = 10;
const CALL: u8 = 0xe8;

/// Unpacks the frames of one folder, one after the other.
pub(super) struct Lzx {
    window: Vec<u8>,
    /// Where the next byte goes.
    at: usize,
    /// Bytes unpacked so far.
    made: u64,
    main_lengths: Vec<u8>,
    length_lengths: [u8; LENGTH_SYMBOLS],
    /// The last three offsets.
    recent: [u32; 3],
    block: Block,
    /// Bytes that the block still has.
    left: usize,
    /// Whether a byte fills the last block up to whole words.
    is_padded: bool,
    /// The size of the program for which calls are translated; none before the first frame, 0 for none.
    translation: Option<i32>,
}

enum Block {
    Plain,
    Packed(Box<Trees>),
}

struct Trees {
    main: Tree,
    length: Option<Tree>,
    aligned: Option<Tree>,
}

impl Lzx {
    /// A decoder for windows of so many bits.
    ///
    /// # Errors
    /// That no cabinet has such a window.
    pub(super) fn new(window_bits: u16) -> io::Result<Self> {
        if !WINDOW_BITS.contains(&window_bits) {
            return Err(damaged("a window of LZX that is none"));
        }
        // 30 slots of positions for 32 KiB, one for each doubled half of it up to 256 KiB, then one for each 128 KiB.
        let slots = match window_bits {
            20 => 42,
            21 => 50,
            bits => 2 * usize::from(bits),
        };
        Ok(Self {
            window: vec![0; 1 << window_bits],
            at: 0,
            made: 0,
            main_lengths: vec![0; LITERALS + 8 * slots],
            length_lengths: [0; LENGTH_SYMBOLS],
            recent: [1; 3],
            block: Block::Plain,
            left: 0,
            is_padded: false,
            translation: None,
        })
    }

    /// Unpacks a frame of `length` bytes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn frame(&mut self, packed: &[u8], length: usize) -> io::Result<Vec<u8>> {
        if length > LARGEST_FRAME_BYTES {
            return Err(damaged("a frame over 32 KiB"));
        }
        let mut bits = Bits::new(packed);
        if self.translation.is_none() {
            let is_translated = bits.bit()? == 1;
            let size = if is_translated { bits.number(32)? } else { 0 };
            self.translation = Some(size.cast_signed());
        }
        let begins_at = self.made;
        let mut frame = Vec::with_capacity(length);
        while frame.len() < length {
            if self.left == 0 {
                self.begin_block(&mut bits)?;
            }
            let room = self.left.min(length - frame.len());
            match &self.block {
                Block::Plain => {
                    let bytes = bits.bytes(room)?;
                    bytes.iter().for_each(|byte| self.put(*byte, &mut frame));
                    self.left -= room;
                }
                Block::Packed(_) => self.element(&mut bits, room, &mut frame)?,
            }
        }
        // The byte that fills up a block belongs to it, wherever the next one begins.
        if self.left == 0 && self.is_padded && bits.skip_byte() {
            self.is_padded = false;
        }
        self.translate(&mut frame, begins_at);
        Ok(frame)
    }

    fn begin_block(&mut self, bits: &mut Bits<'_>) -> io::Result<()> {
        if std::mem::take(&mut self.is_padded) {
            bits.skip_byte();
        }
        let kind = bits.number(3)?;
        let size = bits.number(24)? as usize;
        self.block = match kind {
            1 => Block::Packed(Box::new(self.trees(None, bits)?)),
            2 => {
                let mut lengths = [0_u8; 8];
                for length in &mut lengths {
                    *length = bits.number(3)? as u8;
                }
                Block::Packed(Box::new(self.trees(Some(Tree::required(&lengths)?), bits)?))
            }
            3 => {
                bits.align()?;
                self.recent = [bits.long()?, bits.long()?, bits.long()?];
                self.is_padded = size % 2 == 1;
                Block::Plain
            }
            _ => return Err(damaged("a block of LZX of no kind")),
        };
        if size == 0 {
            return Err(damaged("a block of LZX without bytes"));
        }
        self.left = size;
        Ok(())
    }

    fn trees(&mut self, aligned: Option<Tree>, bits: &mut Bits<'_>) -> io::Result<Trees> {
        let (literals, matches) = self
            .main_lengths
            .split_at_mut_checked(LITERALS)
            .ok_or_else(|| damaged("a main tree without literals"))?;
        read_lengths(literals, bits)?;
        read_lengths(matches, bits)?;
        read_lengths(&mut self.length_lengths, bits)?;
        Ok(Trees {
            main: Tree::required(&self.main_lengths)?,
            length: Tree::of(&self.length_lengths)?,
            aligned,
        })
    }

    /// A literal, or a match of at most `room` bytes.
    fn element(&mut self, bits: &mut Bits<'_>, room: usize, frame: &mut Vec<u8>) -> io::Result<()> {
        let Block::Packed(trees) = &self.block else {
            return Ok(());
        };
        let symbol = trees.main.symbol(bits)?;
        let Some(symbol) = symbol.checked_sub(LITERALS as u16) else {
            self.left -= 1;
            self.put(symbol as u8, frame);
            return Ok(());
        };
        let (slot, length) = (symbol >> 3, symbol & LONG_LENGTH);
        let more = match (&trees.length, length) {
            (Some(tree), LONG_LENGTH) => tree.symbol(bits)?,
            (None, LONG_LENGTH) => return Err(damaged("a length without its tree")),
            _ => 0,
        };
        let length = usize::from(length) + usize::from(more) + SHORTEST_MATCH;
        let offset = match slot {
            0..=2 => self.recent_offset(slot.into()),
            _ => {
                let offset = new_offset(slot, trees.aligned.as_ref(), bits)?;
                self.recent = [offset, self.recent[0], self.recent[1]];
                offset
            }
        };
        if length > room {
            return Err(damaged("a match over the end of its frame or block"));
        }
        self.left -= length;
        self.repeat(offset, length, frame)
    }

    /// One of the last offsets, which becomes the last one.
    fn recent_offset(&mut self, which: usize) -> u32 {
        self.recent.swap(0, which.min(2));
        self.recent[0]
    }

    fn repeat(&mut self, offset: u32, length: usize, frame: &mut Vec<u8>) -> io::Result<()> {
        let offset = offset as usize;
        let is_there = offset > 0 && offset <= self.window.len() && offset as u64 <= self.made;
        if !is_there {
            return Err(damaged("a match of bytes that were never there"));
        }
        for _ in 0..length {
            let from = (self.at + self.window.len() - offset) % self.window.len();
            let byte = self.window.get(from).copied().unwrap_or_default();
            self.put(byte, frame);
        }
        Ok(())
    }

    fn put(&mut self, byte: u8, frame: &mut Vec<u8>) {
        if let Some(place) = self.window.get_mut(self.at) {
            *place = byte;
        }
        self.at = (self.at + 1) % self.window.len();
        self.made = self.made.saturating_add(1);
        frame.push(byte);
    }

    /// Makes absolute targets of calls relative again, as they were before packing (MS-PATCH 2.2).
    fn translate(&self, frame: &mut [u8], begins_at: u64) {
        let size = self.translation.unwrap_or_default();
        let end = frame.len().saturating_sub(UNTRANSLATED_END);
        if size == 0 || begins_at >= LAST_TRANSLATED {
            return;
        }
        let mut place = 0;
        while place < end {
            let is_call = frame.get(place) == Some(&CALL);
            let target = frame.get_mut(place + 1..place + 5).filter(|_| is_call);
            let Some(target) = target.and_then(|target| target.first_chunk_mut::<4>()) else {
                place += 1;
                continue;
            };
            let here = i32::try_from(begins_at + place as u64).unwrap_or(i32::MAX);
            let absolute = i32::from_le_bytes(*target);
            if absolute >= here.wrapping_neg() && absolute < size {
                let relative = match absolute >= 0 {
                    true => absolute.wrapping_sub(here),
                    false => absolute.wrapping_add(size),
                };
                *target = relative.to_le_bytes();
            }
            place += 5;
        }
    }
}

/// An offset that is none of the last ones: the first of its slot, and what further bits say.
fn new_offset(slot: u16, aligned: Option<&Tree>, bits: &mut Bits<'_>) -> io::Result<u32> {
    let (base, extra) = slot_of(slot);
    let further = match aligned {
        Some(tree) if extra >= 3 => {
            let high = bits.number(extra - 3)? << 3;
            high | u32::from(tree.symbol(bits)?)
        }
        _ => bits.number(extra)?,
    };
    Ok(base + further - 2)
}

/// The first formatted offset of a slot, and how many bits tell the others: two slots each for 0, 0, 1, 2, … bits, and all from
/// the 36th on for 17.
fn slot_of(slot: u16) -> (u32, u32) {
    let slot = u32::from(slot);
    match slot {
        0..4 => (slot, 0),
        4..36 => {
            let extra = slot / 2 - 1;
            ((2 | slot & 1) << extra, extra)
        }
        _ => ((slot - 34) << 17, 17),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_follow_one_another_without_a_gap() {
        let mut next = 0;
        for slot in 0..50 {
            let (base, extra) = slot_of(slot);
            assert_eq!(base, next, "slot {slot}");
            next = base + (1 << extra);
        }
        assert_eq!(next - 2, (1 << 21) - 2, "the last slot ends with the largest window");
    }
}
