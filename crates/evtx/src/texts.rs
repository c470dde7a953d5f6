//! Texts of one run, each kept once, found by the bytes they have in a binary log.
//!
//! Events repeat a few image paths, accounts and filter conditions many times over. A text that was met before is found by its
//! bytes, without decoding them again.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use whotalks_record::{FilterCondition, Interner, Text};

use crate::raw::{is_meaningful, with_utf16};

/// The most byte strings one [`Memo`] remembers: with [`LONGEST_BYTES`], some MiB in logs and 64 MiB in the most hostile one.
const MOST_REMEMBERED: usize = 16_384;

/// The longest byte string worth remembering; longer command lines rarely come twice.
const LONGEST_BYTES: usize = 4_096;

/// Remembers what was made of byte strings. The hash is seeded, so that a log cannot be made to collide.
pub(crate) struct Memo<V> {
    known: HashMap<Box<[u8]>, V, RandomState>,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self {
            known: HashMap::default(),
        }
    }
}

impl<V: Clone> Memo<V> {
    /// What `make` made of these bytes the first time.
    pub(crate) fn get(&mut self, bytes: &[u8], make: impl FnOnce() -> V) -> V {
        if let Some(value) = self.known.get(bytes) {
            return value.clone();
        }
        let value = make();
        if self.known.len() < MOST_REMEMBERED && bytes.len() <= LONGEST_BYTES {
            self.known.insert(bytes.into(), value.clone());
        }
        value
    }
}

/// Gives equal texts one allocation. One per thread.
#[derive(Default)]
pub(crate) struct Texts {
    interner: Interner,
    utf16: Memo<Option<Text>>,
    /// What texts of conditions say.
    pub(crate) conditions: Memo<Vec<FilterCondition>>,
    /// Digests out of texts of several.
    pub(crate) digests: Memo<Option<Text>>,
}

impl Texts {
    /// The shared form of `text`.
    pub(crate) fn share(&mut self, text: &str) -> Text {
        self.interner.share(text)
    }

    /// The shared form of a text in UTF-16LE; `None` where it says nothing.
    pub(crate) fn share_utf16(&mut self, bytes: &[u8]) -> Option<Text> {
        let interner = &mut self.interner;
        self.utf16.get(bytes, || {
            with_utf16(bytes, |text| is_meaningful(text).then(|| interner.share(text)))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn one_text_in_two_encodings_is_one_allocation() {
        let mut texts = Texts::default();
        let one = texts.share_utf16(&utf16("svchost.exe")).unwrap();
        assert!(Arc::ptr_eq(&one, &texts.share_utf16(&utf16("svchost.exe")).unwrap()));
        assert!(Arc::ptr_eq(&one, &texts.share("svchost.exe")));
    }

    #[test]
    fn a_dash_is_remembered_as_nothing() {
        let mut texts = Texts::default();
        assert_eq!([(); 2].map(|()| texts.share_utf16(&utf16("-"))), [None, None]);
    }

    #[test]
    fn what_is_too_long_to_remember_is_made_anew() {
        let mut memo = Memo::default();
        let long = vec![0; LONGEST_BYTES + 1];
        assert_eq!([1, 2].map(|value| memo.get(&long, || value)), [1, 2]);
        assert_eq!([1, 2].map(|value| memo.get(b"short", || value)), [1, 1]);
    }
}
