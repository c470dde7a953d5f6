//! The identifier of a batch.

use std::fmt;
use std::str::FromStr;

use whotalks_record::EvidenceId;

use crate::StoreError;

/// The longest identifier, in bytes: with table, part number and ending it stays a file name on every system.
const LONGEST_BATCH_ID: usize = 64;

/// The identifier of a batch: adding a batch again under the same identifier adds nothing. Lower case, since some file
/// systems take `A` and `a` for one name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(String);

impl BatchId {
    /// The batch of one piece of evidence: `e12`.
    pub fn of_evidence(evidence: EvidenceId) -> Self {
        Self(format!("e{}", evidence.0))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BatchId {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let fits = (1..=LONGEST_BATCH_ID).contains(&text.len());
        if plain && fits && !text.starts_with('-') && !text.ends_with('-') {
            return Ok(Self(text.to_owned()));
        }
        Err(StoreError::BadBatchId { text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_that_are_file_names_everywhere_are_taken() {
        for text in ["e1", "run-2024", "0", &"a".repeat(64)] {
            assert_eq!(text.parse::<BatchId>().unwrap().as_str(), text);
        }
        assert_eq!(BatchId::of_evidence(EvidenceId(12)).to_string(), "e12");
    }

    #[test]
    fn paths_and_other_texts_are_refused() {
        for text in ["", "..", "../x", "a/b", "A", "a b", "-a", "a-", "é", &"a".repeat(65)] {
            assert!(text.parse::<BatchId>().is_err(), "{text}");
        }
    }
}
