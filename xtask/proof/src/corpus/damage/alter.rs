//! What chance does to bytes.

use std::ops::Range;

use whotalks_testkit::random::Random;

/// Most inputs are changed in one place or two, some in many.
const MOST_CHANGES: u64 = 8;
/// The longest run of bytes that is put in, taken out or moved: a header or two.
const MOST_BLOCK_BYTES: u64 = 64;

/// The bytes with some changes.
pub(super) fn at_random(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut altered = bytes.to_vec();
    let most = 1 + random.below(MOST_CHANGES);
    let changes = 1 + random.below(most);
    (0..changes).for_each(|_| change(&mut altered, random));
    altered
}

fn change(bytes: &mut Vec<u8>, random: &mut Random) {
    match random.below(8) {
        0 => flip(bytes, random),
        1 => replace(bytes, random),
        2 => length_field::<2>(bytes, random),
        3 => length_field::<4>(bytes, random),
        4 => insert(bytes, random),
        5 => drop(bytes.drain(block(bytes, random))),
        6 => swap(bytes, random),
        _ => repeat(bytes, random),
    }
}

fn flip(bytes: &mut [u8], random: &mut Random) {
    let bit = 1 << random.below(8);
    if let Some(byte) = bytes.get_mut(place(bytes.len(), random)) {
        *byte ^= bit;
    }
}

fn replace(bytes: &mut [u8], random: &mut Random) {
    let value = random.below(256) as u8;
    if let Some(byte) = bytes.get_mut(place(bytes.len(), random)) {
        *byte = value;
    }
}

/// Writes what breaks arithmetic on lengths: nothing, one, the most, the most with a sign, and what was there give or take one.
fn length_field<const BYTES: usize>(bytes: &mut [u8], random: &mut Random) {
    let at = place(bytes.len(), random);
    let Some(field) = bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<BYTES>) else {
        return;
    };
    let is_little = random.chance(50);
    let mut value = *field;
    if is_little {
        value.reverse();
    }
    let known = value.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    let most = u32::MAX >> (32 - 8 * BYTES);
    let number = match random.below(7) {
        0 => 0,
        1 => 1,
        2 => most,
        3 => most >> 1,
        4 => known.wrapping_add(1),
        5 => known.wrapping_sub(1),
        _ => random.below(u64::from(most)) as u32,
    };
    for (byte, shift) in value.iter_mut().rev().zip((0..32).step_by(8)) {
        *byte = (number >> shift) as u8;
    }
    if is_little {
        value.reverse();
    }
    *field = value;
}

fn insert(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = place(bytes.len() + 1, random);
    let length = 1 + random.below(MOST_BLOCK_BYTES);
    let new = random.bytes(usize::try_from(length).unwrap_or(1));
    bytes.splice(at..at, new);
}

/// Two blocks change places, at the cost of what lies in both.
fn swap(bytes: &mut [u8], random: &mut Random) {
    let (one, other) = (block(bytes, random), block(bytes, random));
    for (from, to) in one.zip(other) {
        bytes.swap(from, to);
    }
}

/// A block comes once more, somewhere else.
fn repeat(bytes: &mut Vec<u8>, random: &mut Random) {
    let copy = bytes.get(block(bytes, random)).unwrap_or_default().to_vec();
    let at = place(bytes.len() + 1, random);
    bytes.splice(at..at, copy);
}

fn place(length: usize, random: &mut Random) -> usize {
    usize::try_from(random.below(length as u64)).unwrap_or(0)
}

fn block(bytes: &[u8], random: &mut Random) -> Range<usize> {
    let start = place(bytes.len(), random);
    let length = usize::try_from(1 + random.below(MOST_BLOCK_BYTES)).unwrap_or(1);
    start..start.saturating_add(length).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_means_the_same_bytes_and_nearly_always_other_ones_than_before() {
        let bytes: Vec<u8> = (0..=255).collect();
        let altered: Vec<_> = (0..200).map(|seed| at_random(&bytes, &mut Random::new(seed))).collect();
        let again = at_random(&bytes, &mut Random::new(7));
        assert_eq!(altered.get(7), Some(&again));
        let changed = altered.iter().filter(|altered| **altered != bytes).count();
        assert!(changed > 190, "{changed}");
        assert!(altered.iter().any(|altered| altered.len() > bytes.len()));
        assert!(altered.iter().any(|altered| altered.len() < bytes.len()));
    }

    #[test]
    fn nothing_can_be_altered_too() {
        for seed in 0..500 {
            for length in 0..5 {
                let _ = at_random(&vec![1; length], &mut Random::new(seed));
            }
        }
    }

    #[test]
    fn lengths_are_written_in_both_orders() {
        let written: Vec<_> = (0..500)
            .map(|seed| {
                let mut bytes = [0, 7];
                length_field::<2>(&mut bytes, &mut Random::new(seed));
                bytes
            })
            .collect();
        for expected in [[0, 8], [1, 7], [0xff, 0xff], [0x7f, 0xff], [0xff, 0x7f]] {
            assert!(written.contains(&expected), "{expected:?}");
        }
    }
}
