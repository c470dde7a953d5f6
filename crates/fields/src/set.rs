//! Which fields are wanted.

use crate::{FieldId, Level, info};

/// A set of fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldSet {
    words: Vec<u64>,
}

impl FieldSet {
    /// Adds a field.
    pub fn insert(&mut self, id: FieldId) {
        let word = usize::from(id.0 / 64);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= 1 << (id.0 % 64);
        }
    }

    /// Whether a field is in it.
    #[inline]
    #[must_use]
    pub fn contains(&self, id: FieldId) -> bool {
        let word = self.words.get(usize::from(id.0 / 64));
        word.is_some_and(|word| word & (1 << (id.0 % 64)) != 0)
    }

    /// Whether any field from `first` to `last`, both included, is in it.
    #[inline]
    #[must_use]
    pub fn contains_any(&self, first: FieldId, last: FieldId) -> bool {
        (first.0 / 64..=last.0 / 64).any(|place| {
            let low = if place == first.0 / 64 {
                u64::MAX << (first.0 % 64)
            } else {
                u64::MAX
            };
            let high = if place == last.0 / 64 {
                u64::MAX >> (63 - last.0 % 64)
            } else {
                u64::MAX
            };
            let word = self.words.get(usize::from(place));
            word.is_some_and(|word| word & low & high != 0)
        })
    }

    /// Its fields, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = FieldId> + '_ {
        let places = (0_u16..).zip(&self.words);
        places.flat_map(|(place, word)| {
            let set = (0..64).filter(move |bit| word & (1 << bit) != 0);
            set.map(move |bit| FieldId(place * 64 + bit))
        })
    }

    /// What must be known to fill all of them.
    #[must_use]
    pub fn level(&self) -> Level {
        let levels = self.iter().filter_map(info).map(|field| field.level);
        levels.max().unwrap_or_default()
    }
}

impl FromIterator<FieldId> for FieldSet {
    fn from_iter<T: IntoIterator<Item = FieldId>>(ids: T) -> Self {
        let mut set = Self::default();
        ids.into_iter().for_each(|id| set.insert(id));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_asked_over_the_borders_of_words() {
        let set: FieldSet = [FieldId(64), FieldId(200)].into_iter().collect();
        assert!(set.contains_any(FieldId(0), FieldId(64)) && set.contains_any(FieldId(64), FieldId(64)));
        assert!(set.contains_any(FieldId(65), FieldId(300)) && !set.contains_any(FieldId(65), FieldId(199)));
        assert!(!set.contains_any(FieldId(201), FieldId(1000)) && !set.contains_any(FieldId(0), FieldId(63)));
        assert_eq!(set.iter().collect::<Vec<_>>(), [FieldId(64), FieldId(200)]);
    }
}
