//! A packer of LZX for the tests, from the descriptions (MS-CAB, MS-PATCH) and without code of the reader. Its codes are flat, its
//! matches are the nearest ones, its blocks go on over frames; every kind of block and of offset occurs.

use std::collections::HashMap;

const FRAME_BYTES: usize = 32 << 10;
const LONGEST_MATCH: usize = 257;
/// Windows of 64 KiB: 32 slots of positions.
pub(crate) const PACKING: u16 = 16 << 8 | 3;
const SLOTS: usize = 32;
const WINDOW_BYTES: usize = 64 << 10;

/// Words of 16 bits, filled from the highest bit.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    word: u32,
    filled: u32,
}

impl Bits {
    fn put(&mut self, value: u32, bits: u32) {
        for bit in (0..bits).rev() {
            self.word = self.word << 1 | (value >> bit & 1);
            self.filled += 1;
            if self.filled == 16 {
                self.bytes.extend((self.word as u16).to_le_bytes());
                (self.word, self.filled) = (0, 0);
            }
        }
    }

    /// Fills the word up; one that is not begun as well, where bytes follow.
    fn align(&mut self, always: bool) {
        if self.filled > 0 || always {
            self.put(0, 16 - self.filled);
        }
    }
}

/// A complete code of so many symbols, whose lengths differ by one at most.
fn flat(symbols: usize) -> Vec<u8> {
    let long = symbols.next_power_of_two();
    let short = long - symbols;
    let bits = long.trailing_zeros() as u8;
    (0..symbols).map(|symbol| bits - u8::from(symbol < short)).collect()
}

/// The codes for lengths: by length, then by symbol.
fn codes(lengths: &[u8]) -> Vec<(u32, u32)> {
    let mut codes = vec![(0, 0); lengths.len()];
    let mut code = 0;
    for length in 1..=16 {
        for (symbol, _) in lengths.iter().enumerate().filter(|(_, one)| **one == length) {
            codes[symbol] = (code, length.into());
            code += 1;
        }
        code <<= 1;
    }
    codes
}

/// Lengths as differences to those before, in a pretree of a flat code.
fn put_lengths(bits: &mut Bits, lengths: &[u8], before: &mut [u8]) {
    let pretree = flat(20);
    pretree.iter().for_each(|length| bits.put((*length).into(), 4));
    let codes = codes(&pretree);
    for (length, before) in lengths.iter().zip(before) {
        let (code, length_bits) = codes[usize::from((17 + *before - *length) % 17)];
        bits.put(code, length_bits);
        *before = *length;
    }
}

enum Element {
    Literal(u8),
    Match { offset: usize, length: usize },
}

/// The elements of the bytes, none of which crosses a frame, or a block of `block_bytes`.
fn elements(bytes: &[u8], block_bytes: usize) -> Vec<Element> {
    let mut last: HashMap<[u8; 3], usize> = HashMap::new();
    let (mut elements, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let ends = [FRAME_BYTES, block_bytes].map(|step| (at / step + 1) * step);
        let end = ends.into_iter().fold(bytes.len(), usize::min).min(at + LONGEST_MATCH);
        let key = bytes.get(at..at + 3).map(|key| [key[0], key[1], key[2]]);
        let found = key.and_then(|key| last.get(&key).copied());
        let found = found.filter(|from| at - from < WINDOW_BYTES - 3);
        let length = found.map_or(0, |from| {
            (at..end).take_while(|to| bytes[*to] == bytes[from + (to - at)]).count()
        });
        let step = if length >= 3 { length } else { 1 };
        match found {
            Some(from) if length >= 3 => elements.push(Element::Match {
                offset: at - from,
                length,
            }),
            _ => elements.push(Element::Literal(bytes[at])),
        }
        for place in at..at + step {
            if let Some(key) = bytes.get(place..place + 3) {
                last.insert([key[0], key[1], key[2]], place);
            }
        }
        at += step;
    }
    elements
}

struct Packer {
    bits: Bits,
    main_before: Vec<u8>,
    length_before: Vec<u8>,
    recent: [usize; 3],
    aligned: bool,
}

impl Packer {
    fn head(&mut self, kind: u32, size: usize) {
        self.bits.put(kind, 3);
        self.bits.put((size >> 8) as u32, 16);
        self.bits.put((size & 0xff) as u32, 8);
    }

    fn trees(&mut self) {
        if self.aligned {
            flat(8).iter().for_each(|length| self.bits.put((*length).into(), 3));
        }
        let main = flat(256 + 8 * SLOTS);
        let (literals, matches) = self.main_before.split_at_mut(256);
        put_lengths(&mut self.bits, &main[..256], literals);
        put_lengths(&mut self.bits, &main[256..], matches);
        put_lengths(&mut self.bits, &flat(249), &mut self.length_before);
    }

    fn element(&mut self, element: &Element) {
        let main = codes(&flat(256 + 8 * SLOTS));
        let symbol = |packer: &mut Self, symbol: usize| packer.bits.put(main[symbol].0, main[symbol].1);
        let (offset, length) = match element {
            Element::Literal(byte) => return symbol(self, usize::from(*byte)),
            Element::Match { offset, length } => (*offset, *length),
        };
        let recent = self.recent.iter().position(|one| *one == offset);
        let (slot, extra, further) = match recent {
            Some(which) => (which, 0, 0),
            None => slot_of(offset + 2),
        };
        let short = (length - 2).min(7);
        symbol(self, 256 + slot * 8 + short);
        if short == 7 {
            let (code, bits) = codes(&flat(249))[length - 9];
            self.bits.put(code, bits);
        }
        match recent {
            Some(which) => self.recent.swap(0, which),
            None => self.recent = [offset, self.recent[0], self.recent[1]],
        }
        if self.aligned && extra >= 3 {
            self.bits.put((further >> 3) as u32, extra - 3);
            let (code, bits) = codes(&flat(8))[further & 7];
            self.bits.put(code, bits);
        } else {
            self.bits.put(further as u32, extra);
        }
    }
}

/// The slot of a formatted offset, its further bits, and what they are.
fn slot_of(formatted: usize) -> (usize, u32, usize) {
    let mut base = 0;
    for slot in 0.. {
        let extra = if slot < 4 { 0 } else { (slot as u32 / 2 - 1).min(17) };
        if formatted < base + (1 << extra) {
            return (slot, extra, formatted - base);
        }
        base += 1 << extra;
    }
    unreachable!("a slot for every offset")
}

/// Packs bytes into frames; each block has `block_bytes`, and the kinds verbatim, aligned and plain take turns. With
/// `program_bytes`, targets of calls are said to be absolute.
pub(crate) fn frames(bytes: &[u8], block_bytes: usize, program_bytes: Option<u32>) -> Vec<(Vec<u8>, usize)> {
    let mut packer = Packer {
        bits: Bits::default(),
        main_before: vec![0; 256 + 8 * SLOTS],
        length_before: vec![0; 249],
        recent: [1; 3],
        aligned: false,
    };
    packer.bits.put(program_bytes.is_some().into(), 1);
    if let Some(size) = program_bytes {
        packer.bits.put(size, 32);
    }
    let (mut frames, mut at) = (Vec::new(), 0);
    let all = elements(bytes, block_bytes);
    let mut left = all.iter();
    while at < bytes.len() {
        let block = at / block_bytes;
        if at % block_bytes == 0 {
            let size = block_bytes.min(bytes.len() - at);
            packer.head(block as u32 % 3 + 1, size);
            packer.aligned = block % 3 == 1;
            if block % 3 == 2 {
                packer.bits.align(true);
                for offset in packer.recent {
                    packer.bits.bytes.extend((offset as u32).to_le_bytes());
                }
            } else {
                packer.trees();
            }
        }
        let ends = [FRAME_BYTES, block_bytes].map(|step| (at / step + 1) * step);
        let end = ends.into_iter().fold(bytes.len(), usize::min);
        if block % 3 == 2 {
            packer.bits.bytes.extend(&bytes[at..end]);
        }
        while at < end {
            match left.next().unwrap() {
                Element::Literal(_) if block % 3 == 2 => at += 1,
                Element::Match { length, .. } if block % 3 == 2 => at += length,
                element => {
                    packer.element(element);
                    at += match element {
                        Element::Literal(_) => 1,
                        Element::Match { length, .. } => *length,
                    };
                }
            }
        }
        let is_odd_end = block % 3 == 2 && at % block_bytes == 0 && block_bytes % 2 == 1;
        if is_odd_end || (block % 3 == 2 && at == bytes.len() && (at - block * block_bytes) % 2 == 1) {
            packer.bits.bytes.push(0);
        }
        if at % FRAME_BYTES == 0 || at == bytes.len() {
            packer.bits.align(false);
            let unpacked = bytes.len().min(at) - frames.len() * FRAME_BYTES;
            frames.push((std::mem::take(&mut packer.bits.bytes), unpacked));
        }
    }
    frames
}

/// Makes relative targets of calls absolute, frame by frame, as a packer does that knows a program of `size` bytes.
pub(crate) fn with_absolute_calls(bytes: &[u8], size: i32) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (number, frame) in bytes.chunks_mut(FRAME_BYTES).enumerate() {
        let (mut at, end) = (0, frame.len().saturating_sub(10));
        while at < end {
            if frame[at] != 0xe8 {
                at += 1;
                continue;
            }
            let here = (number * FRAME_BYTES + at) as i32;
            let relative = i32::from_le_bytes([frame[at + 1], frame[at + 2], frame[at + 3], frame[at + 4]]);
            // What lies in the program becomes its place there; the places that it takes are given up in exchange.
            let absolute = match relative {
                _ if relative >= -here && relative < size - here => relative + here,
                _ if relative >= size - here && relative < size => relative - size,
                _ => relative,
            };
            frame[at + 1..at + 5].copy_from_slice(&absolute.to_le_bytes());
            at += 5;
        }
    }
    bytes
}
