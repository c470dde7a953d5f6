//! Entries in order of their numbers.
//!
//! [`Index`](super::Index) finds them again.

/// Entries of one block. Blocks are never moved, so that growing copies nothing and needs no room twice. They are large, so that
/// the page that ends one costs little; what is not used of one takes no memory.
const BLOCK: usize = 1 << BLOCK_BITS;
const BLOCK_BITS: u32 = 12;

/// A list that grows by blocks.
#[derive(Debug)]
pub struct Slab<T> {
    blocks: Vec<Vec<T>>,
    length: u32,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            length: 0,
        }
    }
}

impl<T> Slab<T> {
    /// How many entries there are, which is the number of the next one.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.length
    }

    /// Adds an entry and gives its number.
    pub fn push(&mut self, entry: T) -> u32 {
        let number = self.length;
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(entry),
            _ => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(entry);
                self.blocks.push(block);
            }
        }
        self.length = self.length.saturating_add(1);
        number
    }

    /// The entry with that number.
    #[inline]
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&T> {
        self.blocks
            .get((number >> BLOCK_BITS) as usize)?
            .get(number as usize % BLOCK)
    }

    /// The same, to be changed.
    #[inline]
    pub fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.blocks
            .get_mut((number >> BLOCK_BITS) as usize)?
            .get_mut(number as usize % BLOCK)
    }

    /// All entries in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.blocks.iter().flatten()
    }

    /// All entries in order, given away. Each block is let go after its last entry.
    pub fn into_entries(self) -> impl Iterator<Item = T> {
        self.blocks.into_iter().flatten()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_their_numbers() {
        let mut slab = Slab::default();
        for number in 0..3 * BLOCK as u32 + 5 {
            assert_eq!(slab.push(number * 2), number);
        }
        assert_eq!(slab.len(), 3 * BLOCK as u32 + 5);
        assert_eq!(slab.get(BLOCK as u32).copied(), Some(BLOCK as u32 * 2));
        assert_eq!(slab.get(slab.len()), None);
        assert_eq!(slab.iter().count(), slab.into_entries().count());
    }
}
