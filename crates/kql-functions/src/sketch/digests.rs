//! Different digests, as long as they are few.

use std::borrow::Cow;

/// How many digests may wait before those that were seen twice are taken out: rows of many groups come in turn, and to append to a list
/// touches one place in memory, where to look into a table touches several.
const MOST_WAITING: usize = 4_096;

/// Digests in the order in which they came, some of them more than once.
#[derive(Clone, Debug, Default)]
pub(super) struct Digests {
    list: Vec<i64>,
    /// So many at the head are in order and different.
    settled: usize,
}

impl Digests {
    /// Takes a digest; says whether so many came since the last time that it is worth looking how many are different.
    pub(super) fn add(&mut self, digest: i64) -> bool {
        self.list.push(digest);
        self.list.len() >= MOST_WAITING
    }

    /// Takes out what is there twice; says how many are left.
    pub(super) fn settle(&mut self) -> usize {
        if self.settled < self.list.len() {
            self.list.sort_unstable();
            self.list.dedup();
            self.settled = self.list.len();
        }
        self.settled
    }

    /// The different ones in order.
    pub(super) fn settled(&self) -> Cow<'_, [i64]> {
        if self.settled == self.list.len() {
            return Cow::Borrowed(&self.list);
        }
        let mut copy = self.clone();
        copy.settle();
        Cow::Owned(copy.list)
    }

    /// All of them, eight bytes each, some more than once.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.bytes());
        self.list
            .iter()
            .for_each(|digest| bytes.extend_from_slice(&digest.to_le_bytes()));
        bytes
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The bytes that are held.
    pub(super) fn bytes(&self) -> usize {
        self.list.capacity().saturating_mul(size_of::<i64>())
    }
}
