//! Which fields are wanted.

use crate::FieldId;

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
}
