//! Texts of one run, each kept once, found by the bytes they have in a binary log.
//!
//! Events repeat a few image paths, accounts and filter conditions many times over. A text that was met before is found by its
//! bytes, without decoding them again.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use whotalks_record::{FilterCondition, Interner, Text};

use crate::raw::{is_meaningful, with_utf16};

/// The most byte strings that one [`Memo`] remembers, and the most bytes of all of them: what hours of a busy log repeat, and
/// little enough for each thread to have its own.
const MOST_REMEMBERED: usize = 16_384;
const MOST_BYTES: usize = 4 << 20;

/// The longest byte string worth remembering; longer command lines rarely come twice.
const LONGEST_BYTES: usize = 4_096;

/// Remembers what was made of byte strings. The hash is seeded, so that a log cannot be made to collide.
struct Memo<V> {
    known: HashMap<Box<[u8]>, V, RandomState>,
    bytes: usize,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self {
            known: HashMap::default(),
            bytes: 0,
        }
    }
}

impl<V: Clone> Memo<V> {
    /// What `make` made of these bytes the first time.
    fn get(&mut self, bytes: &[u8], make: impl FnOnce() -> V) -> V {
        if let Some(value) = self.known.get(bytes) {
            return value.clone();
        }
        let value = make();
        let has_room = self.known.len() < MOST_REMEMBERED && self.bytes + bytes.len() <= MOST_BYTES;
        if has_room && bytes.len() <= LONGEST_BYTES {
            self.bytes += bytes.len();
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
    conditions: Memo<Vec<FilterCondition>>,
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

    /// The shared form of a text in UTF-16LE, also of one that says nothing.
    pub(crate) fn share_any_utf16(&mut self, bytes: &[u8]) -> Text {
        self.share_utf16(bytes)
            .unwrap_or_else(|| with_utf16(bytes, |text| self.interner.share(text)))
    }

    /// The conditions of a filter, as `read` finds them the first time.
    pub(crate) fn conditions(
        &mut self,
        bytes: &[u8],
        read: impl FnOnce(&mut Self) -> Vec<FilterCondition>,
    ) -> Vec<FilterCondition> {
        // Taken out, because reading needs the texts.
        let mut conditions = std::mem::take(&mut self.conditions);
        let found = conditions.get(bytes, || read(self));
        self.conditions = conditions;
        found
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
