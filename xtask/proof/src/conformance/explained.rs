//! Cases whose answer is not to be had, each with its reason: `xtask/proof/data/conformance.toml`.

use serde::Deserialize;
use xtask::error::Result;

use crate::reasons;

const FILE: &str = "xtask/proof/data/conformance.toml";

/// The explained cases.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Explained {
    #[serde(default)]
    case: Vec<ExplainedCase>,
}

/// Why an answer is not to be had.
#[derive(Debug, Deserialize)]
struct ExplainedCase {
    /// Which cases.
    ids: Vec<String>,
    /// What is wrong with the page or the other implementation, and how that is known.
    reason: String,
}

impl Explained {
    /// Reads the list.
    pub(super) fn read() -> Result<Self> {
        reasons::read(FILE)
    }

    /// The reason of a case.
    pub(super) fn reason(&self, id: &str) -> Option<&str> {
        let known = self.case.iter().find(|known| known.ids.iter().any(|other| other == id));
        known.map(|known| known.reason.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_says_something_and_no_case_has_two() {
        let explained = Explained::read().unwrap();
        let mut ids: Vec<_> = explained.case.iter().flat_map(|case| &case.ids).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
        assert!(explained.case.iter().all(|case| case.reason.len() > 20));
    }
}
