//! A small seeded generator of pseudo-random numbers, so that a seed means the same scenario on every machine for ever.

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
///
/// It is not for secrets; it is tiny, total and its output will never change under us as a library's might.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// A generator that always gives the same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed ^ 0x5ca1_ab1e_0ddb_a11d,
        }
    }

    /// An independent generator for one theme, so that adding a draw to one ingredient leaves the others as they were.
    pub fn fork(&self, label: &str) -> Self {
        // FNV-1a over the label (draft-eastlake-fnv): enough to keep the themes apart.
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self {
            state: self.state.rotate_left(17) ^ hash,
        }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..bound`; 0 when the bound is 0. The bias of the modulo is far below what a scenario could notice.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.bits().checked_rem(bound).unwrap_or(0)
    }

    /// A number in `low..=high`; `low` when the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0);
        low.saturating_add_unsigned(self.below(width.saturating_add(1)))
    }

    /// True in `percent` of all draws.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the items; the default of the type when there is none.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let index = usize::try_from(self.below(items.len() as u64)).unwrap_or(0);
        items.get(index).copied().unwrap_or_default()
    }

    /// That many bytes that look encrypted.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length.saturating_add(8));
        while bytes.len() < length {
            bytes.extend_from_slice(&self.bits().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }

    /// A GUID in the registry's text form, with braces and upper-case digits.
    pub fn guid(&mut self) -> String {
        let (high, low) = (self.bits(), self.bits());
        format!(
            "{{{:08X}-{:04X}-{:04X}-{:04X}-{:012X}}}",
            high >> 32,
            (high >> 16) & 0xffff,
            (high & 0x0fff) | 0x4000,
            ((low >> 48) & 0x3fff) | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_sequence_never_changes() {
        let mut random = Random::new(1);
        let first = random.bits();
        assert_eq!(first, Random::new(1).bits());
        assert_ne!(first, random.bits());
        assert_ne!(Random::new(1).fork("worm").bits(), Random::new(1).fork("proxy").bits());
    }

    #[test]
    fn ranges_include_both_ends_and_nothing_else() {
        let mut random = Random::new(7);
        let drawn: Vec<i64> = (0..500).map(|_| random.between(-1, 1)).collect();
        assert!(drawn.iter().all(|number| (-1..=1).contains(number)));
        assert!(drawn.contains(&-1) && drawn.contains(&1));
        assert_eq!(random.between(5, 5), 5);
    }
}
