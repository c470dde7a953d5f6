//! What a proof found, for people and for programs.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use xtask::error::{Error, Result};
use xtask::output::say;

/// The most failures that are printed; the JSON file holds all of them.
const MOST_SHOWN: usize = 100;

/// The outcome of a proof.
#[derive(Debug, Serialize)]
pub(crate) struct Proof {
    /// Which proof.
    pub(crate) name: &'static str,
    /// Cases that held.
    pub(crate) passed: u64,
    /// Cases that did not.
    pub(crate) failed: u64,
    /// All cases.
    pub(crate) total: u64,
    /// What was measured, by name; the unit is in the name.
    pub(crate) figures: BTreeMap<String, f64>,
    /// Each case that did not hold.
    pub(crate) failures: Vec<Failure>,
    /// Whether the targets were met; decides how the program ends.
    #[serde(skip)]
    missed: Vec<String>,
}

/// A case that did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failure {
    /// Which case.
    pub(crate) case: String,
    /// What was expected and what came.
    pub(crate) why: String,
}

impl Proof {
    /// A proof without a case yet.
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            passed: 0,
            failed: 0,
            total: 0,
            figures: BTreeMap::new(),
            failures: Vec::new(),
            missed: Vec::new(),
        }
    }

    /// Counts a case that held.
    pub(crate) fn pass(&mut self) {
        self.passed += 1;
        self.total += 1;
    }

    /// Counts a case that did not hold.
    pub(crate) fn fail(&mut self, case: impl Into<String>, why: impl Into<String>) {
        self.failed += 1;
        self.total += 1;
        let failure = Failure {
            case: case.into(),
            why: why.into(),
        };
        self.failures.push(failure);
    }

    /// Counts a case.
    pub(crate) fn case(&mut self, case: &str, outcome: std::result::Result<(), String>) {
        match outcome {
            Ok(()) => self.pass(),
            Err(why) => self.fail(case, why),
        }
    }

    /// Notes a figure.
    pub(crate) fn figure(&mut self, name: impl Into<String>, value: f64) {
        self.figures.insert(name.into(), value);
    }

    /// Notes that a target is missed unless `met`; `target` says what was wanted and what came.
    pub(crate) fn require(&mut self, met: bool, target: impl Into<String>) {
        if !met {
            self.missed.push(target.into());
        }
    }

    /// Prints the outcome, writes it to `json` where asked, and fails where a target was missed.
    pub(crate) fn finish(self, json: Option<&Path>) -> Result {
        for failure in self.failures.iter().take(MOST_SHOWN) {
            say(&format!("{}: {}", failure.case, failure.why));
        }
        let hidden = self.failures.len().saturating_sub(MOST_SHOWN);
        if hidden > 0 {
            say(&format!("and {hidden} more; --json FILE writes all of them"));
        }
        say(&format!("{}: {} of {} cases hold", self.name, self.passed, self.total));
        self.write(json)?;
        self.missed
            .iter()
            .for_each(|target| say(&format!("{}: target missed: {target}", self.name)));
        match self.missed.len() {
            0 => Ok(()),
            count => Err(Error::Found {
                count,
                what: "targets missed",
            }),
        }
    }

    fn write(&self, json: Option<&Path>) -> Result {
        let Some(path) = json else {
            return Ok(());
        };
        let text = serde_json::to_vec_pretty(self).map_err(|source| Error::Json {
            what: "the proof",
            source,
        })?;
        std::fs::write(path, text).map_err(Error::writing(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_agreed_fields_and_a_missed_target_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("proof.json");
        let mut proof = Proof::new("corpus");
        proof.pass();
        proof.fail("a.pcap packets", "expected 2, got 1");
        proof.figure("share", 0.5);
        proof.require(proof.failed == 0, "one case of two, wanted both");
        assert!(proof.finish(Some(&path)).is_err());
        let written: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let expected = serde_json::json!({
            "name": "corpus", "passed": 1, "failed": 1, "total": 2, "figures": {"share": 0.5},
            "failures": [{"case": "a.pcap packets", "why": "expected 2, got 1"}],
        });
        assert_eq!(written, expected);
    }
}
