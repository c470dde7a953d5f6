//! What was probably meant by a misspelt word.

/// The most edits between a misspelt word and what was meant.
const MAX_EDITS: usize = 2;
/// Words this short are told apart by one edit at most.
const SHORT_CHARS: usize = 4;
/// A longer word is no misspelling of any word of the language.
const MAX_CHARS: usize = 32;

/// The candidate that is likest to the word, where one is like it at all.
pub(crate) fn likest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > MAX_CHARS {
        return None;
    }
    let lower = word.to_lowercase();
    let distances = candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&lower, candidate), candidate));
    let (edits, best) = distances.min_by_key(|(edits, _)| *edits)?;
    (edits <= allowed(word)).then_some(best)
}

/// Whether one word is a misspelling of the other.
pub(crate) fn is_like(word: &str, other: &str) -> bool {
    word != other && likest(word, [other]).is_some()
}

fn allowed(word: &str) -> usize {
    if word.len() <= SHORT_CHARS { 1 } else { MAX_EDITS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_what_was_meant() {
        let words = ["where", "extend", "summarize", "project-away"];
        let cases = [
            ("wehre", Some("where")),
            ("Summarise", Some("summarize")),
            ("projectaway", Some("project-away")),
            ("foo", None),
        ];
        for (word, expected) in cases {
            assert_eq!(likest(word, words), expected, "{word}");
        }
    }
}
