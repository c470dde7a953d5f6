//! A query and its recorded answer.

use std::fmt;
use std::path::Path;

use serde::Deserialize;
use xtask::error::{Error, Result};

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The real engine gave it.
    Engine,
    /// It stands in the documentation.
    Documentation,
    /// The tests of another implementation expect it.
    Other,
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Engine => "engine",
            Self::Documentation => "documentation",
            Self::Other => "other",
        })
    }
}

/// What came of a query elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Expected {
    /// All rows.
    Rows,
    /// The first rows.
    RowsPartial,
    /// An error.
    Error,
}

/// A query and its recorded answer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Case {
    /// What it is called.
    pub(super) id: String,
    /// Where the answer comes from.
    #[serde(deserialize_with = "tier")]
    pub(super) tier: Tier,
    /// What it is about.
    pub(super) family: String,
    /// The query.
    pub(super) query: String,
    /// What came of it.
    pub(super) expect: Expected,
    /// The names of the columns and, of tier A, the classes of their types.
    #[serde(default)]
    pub(super) columns: Option<Vec<(String, Option<String>)>>,
    /// Rows of tier A, each printed as a tuple.
    #[serde(default)]
    pub(super) rows_text: Option<Vec<String>>,
    /// Rows of tier B, cell by cell.
    #[serde(default)]
    pub(super) rows: Option<Vec<Vec<Option<String>>>>,
    /// How the answer of tier C is printed.
    #[serde(default)]
    pub(super) form: Option<String>,
    /// The answer of tier C.
    #[serde(default)]
    pub(super) expected_text: Option<String>,
    #[serde(default)]
    nondeterministic: bool,
    #[serde(default)]
    unstable: bool,
    #[serde(default = "yes")]
    self_contained: bool,
}

impl Case {
    /// Whether its answer can be expected again: it needs no tables that are not there and depends on no chance.
    pub(super) fn counts(&self) -> bool {
        self.self_contained && !self.nondeterministic && !self.unstable
    }
}

fn yes() -> bool {
    true
}

fn tier<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Tier, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.chars().next() {
        Some('A') => Ok(Tier::Engine),
        Some('B') => Ok(Tier::Documentation),
        Some('C') => Ok(Tier::Other),
        _ => Err(serde::de::Error::custom(format!("the tier {text:?} is not known"))),
    }
}

/// The cases of a file.
pub(super) fn read(path: &Path) -> Result<Vec<Case>> {
    let text = std::fs::read(path).map_err(Error::reading(path))?;
    serde_json::from_slice(&text).map_err(|source| Error::Json {
        what: "the conformance cases",
        source,
    })
}
