//! `cargo xtask tidy`: the rules of the house that a compiler does not know.

mod copies;
mod documents;
mod functions;
mod levels;
mod manifests;
mod text;
mod workspace;

use std::fmt;

use workspace::Workspace;
use xtask::error::{Error, Result};
use xtask::output::say;

/// Checks the rules of the house: crate levels, sizes, words, licences, documents.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// One breach of a rule.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    /// File, file and line, or crate.
    place: String,
    /// What is wrong there and what the rule is.
    what: String,
}

type Rule = fn(&Workspace) -> Vec<Fault>;

const RULES: [Rule; 12] = [
    levels::lower_levels_only,
    levels::arrow_only_from_tables_up,
    levels::json_only_at_the_edges,
    manifests::licences,
    manifests::lints,
    functions::lengths,
    text::file_lengths,
    text::whitespace,
    text::silenced_lints,
    text::words,
    documents::all,
    copies::of_the_corpus,
];

/// Runs the command.
pub(crate) fn run(_: &Arguments) -> Result {
    check()
}

/// Checks every rule; prints each breach.
pub(crate) fn check() -> Result {
    let workspace = Workspace::read()?;
    let faults: Vec<Fault> = RULES.iter().flat_map(|rule| rule(&workspace)).collect();
    for fault in &faults {
        say(&fault.to_string());
    }
    if !faults.is_empty() {
        return Err(Error::Found {
            count: faults.len(),
            what: "breaches of the house's rules",
        });
    }
    say(&format!(
        "tidy: {} files, {}",
        workspace.files.len(),
        functions::summary(&workspace)
    ));
    Ok(())
}

impl Fault {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
