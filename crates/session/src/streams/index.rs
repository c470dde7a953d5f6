//! From the hash of a key to the number of an entry.

/// The number of no entry.
const VACANT: u32 = u32::MAX;
/// Slots at the beginning; a power of two.
const FEWEST_SLOTS: usize = 64;

/// One place of the index: a part of the hash, and the number of the entry that has it.
#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: u32,
    number: u32,
}

/// An open-addressing index that holds neither keys nor entries: eight bytes per slot, at most three quarters of them in
/// use. One look-up touches one cache line, then the entry.
#[derive(Debug)]
pub struct Index {
    /// As many as a power of two.
    slots: Vec<Slot>,
    used: usize,
}

impl Default for Index {
    fn default() -> Self {
        Self {
            slots: vacant(FEWEST_SLOTS),
            used: 0,
        }
    }
}

fn vacant(slots: usize) -> Vec<Slot> {
    let slot = Slot { tag: 0, number: VACANT };
    vec![slot; slots]
}

/// The half of the hash that is kept. The slots number less than 2³², so that it also tells the place.
#[inline]
const fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl Index {
    /// The number of the entry with this hash that `is_it` knows again.
    #[inline]
    #[must_use]
    pub fn find(&self, hash: u64, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        let tag = tag(hash);
        let mask = self.slots.len().wrapping_sub(1);
        let mut place = tag as usize & mask;
        // There is always a vacant slot to stop at.
        while let Some(slot) = self.slots.get(place)
            && slot.number != VACANT
        {
            if slot.tag == tag && is_it(slot.number) {
                return Some(slot.number);
            }
            place = (place + 1) & mask;
        }
        None
    }

    /// The places where an entry with that tag may stand, in order.
    #[inline]
    fn probe(&self, tag: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().wrapping_sub(1);
        (0..=mask).map(move |step| (tag as usize).wrapping_add(step) & mask)
    }

    /// Adds an entry.
    pub fn insert(&mut self, hash: u64, number: u32) {
        if self.used >= self.slots.len() / 4 * 3 {
            self.grow();
        }
        self.place(Slot { tag: tag(hash), number });
    }

    /// Lets the entry `old` be followed by `new`, which has the same key.
    pub(crate) fn replace(&mut self, hash: u64, old: u32, new: u32) {
        let tag = tag(hash);
        let place = self
            .probe(tag)
            .find(|place| self.slots.get(*place).is_none_or(|slot| slot.number == old));
        if let Some(slot) = place.and_then(|place| self.slots.get_mut(place)) {
            slot.number = new;
        }
    }

    fn place(&mut self, entry: Slot) {
        let place = self
            .probe(entry.tag)
            .find(|place| self.slots.get(*place).is_none_or(|slot| slot.number == VACANT));
        if let Some(slot) = place.and_then(|place| self.slots.get_mut(place)) {
            *slot = entry;
            self.used += 1;
        }
    }

    fn grow(&mut self) {
        let larger = vacant(self.slots.len().saturating_mul(2));
        let old = std::mem::replace(&mut self.slots, larger);
        self.used = 0;
        old.into_iter()
            .filter(|slot| slot.number != VACANT)
            .for_each(|slot| self.place(slot));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_entry_is_found_again_though_hashes_collide(hashes in prop::collection::vec(0u64..40, 0..500)) {
            let mut index = Index::default();
            for (number, hash) in (0..).zip(&hashes) {
                index.insert(hash << 32, number);
            }
            for (number, hash) in (0..).zip(&hashes) {
                prop_assert_eq!(index.find(hash << 32, |found| found == number), Some(number));
            }
            prop_assert_eq!(index.find(99 << 32, |_| true), None);
        }
    }

    #[test]
    fn an_entry_can_be_followed_by_another() {
        let mut index = Index::default();
        index.insert(7 << 32, 1);
        index.replace(7 << 32, 1, 2);
        assert_eq!(index.find(7 << 32, |_| true), Some(2));
    }
}
