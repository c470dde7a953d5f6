//! Shared strings.

use std::collections::HashSet;
use std::sync::Arc;

use foldhash::quality::RandomState;

/// Text out of evidence: cheap to clone, since the same image path stands in thousands of records. It is hostile until a
/// face has escaped it.
pub type Text = Arc<str>;

/// The most strings an [`Interner`] remembers; past it, strings are still returned but no longer shared, so that a log
/// with a million different command lines cannot grow the table without end.
const MOST_SHARED_STRINGS: usize = 65_536;

/// The longest string worth sharing, in bytes.
const LONGEST_SHARED_BYTES: usize = 1_024;

/// Gives equal strings one allocation. One per reader run; never global.
#[derive(Debug, Default)]
pub struct Interner {
    /// Seeded at random, since the texts are hostile.
    seen: HashSet<Text, RandomState>,
}

impl Interner {
    /// The shared form of `text`.
    pub fn share(&mut self, text: &str) -> Text {
        if let Some(known) = self.seen.get(text) {
            return Arc::clone(known);
        }
        let fresh: Text = Arc::from(text);
        if self.seen.len() < MOST_SHARED_STRINGS && text.len() <= LONGEST_SHARED_BYTES {
            self.seen.insert(Arc::clone(&fresh));
        }
        fresh
    }
}

/// A name of which its source keeps no more than `most` bytes: one that fills them ends in `…`, since it may have been cut.
#[must_use]
pub fn maybe_cut(name: &[u8], most: usize) -> String {
    let text = String::from_utf8_lossy(name);
    if name.len() < most {
        return text.into_owned();
    }
    format!("{}…", text.trim_end_matches(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_fills_its_place_may_have_been_cut() {
        assert_eq!(maybe_cut(b"curl", 16), "curl");
        assert_eq!(maybe_cut(b"com.apple.WebKit", 16), "com.apple.WebKit…");
        let japanese = "ブラウザー".as_bytes();
        assert_eq!(maybe_cut(&japanese[..13], 13), "ブラウザ…", "cut within a character");
    }

    #[test]
    fn equal_strings_share_one_allocation() {
        let mut interner = Interner::default();
        let one = interner.share("svchost.exe");
        assert!(Arc::ptr_eq(&one, &interner.share("svchost.exe")));
        assert!(!Arc::ptr_eq(&one, &interner.share("spoolsv.exe")));
    }
}
