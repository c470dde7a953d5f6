//! Queries that find nothing whatever a case holds, or do not run, each with its reason: `xtask/proof/data/hunting.toml`.

use serde::Deserialize;
use xtask::error::Result;

use super::texts::Text;
use crate::reasons;

const FILE: &str = "xtask/proof/data/hunting.toml";

/// The explained queries.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Explained {
    /// Those that find nothing.
    #[serde(default)]
    empty: Vec<ExplainedQuery>,
    /// Those that are an error.
    #[serde(default)]
    error: Vec<ExplainedQuery>,
}

/// Why a query has no rows.
#[derive(Debug, Deserialize)]
struct ExplainedQuery {
    /// The file.
    name: String,
    /// What stands in it that is the reason: a query of the same name that says something else is another one.
    says: Vec<String>,
    /// Why.
    reason: String,
}

impl Explained {
    /// Reads the list.
    pub(super) fn read() -> Result<Self> {
        reasons::read(FILE)
    }

    /// Why a query finds nothing.
    pub(super) fn empty(&self, query: &Text) -> Option<&str> {
        reason(&self.empty, query)
    }

    /// Why a query is an error.
    pub(super) fn error(&self, query: &Text) -> Option<&str> {
        reason(&self.error, query)
    }
}

fn reason<'e>(explained: &'e [ExplainedQuery], query: &Text) -> Option<&'e str> {
    let known = explained
        .iter()
        .find(|known| known.name == query.name && known.says.iter().all(|words| query.text.contains(words.as_str())));
    known.map(|known| known.reason.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_quotes_the_query_and_no_query_has_two() {
        let explained = Explained::read().unwrap();
        let all = || explained.empty.iter().chain(&explained.error);
        assert!(all().all(|query| query.reason.len() > 20 && !query.says.is_empty()));
        let mut names: Vec<_> = all().map(|query| &query.name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_query_of_the_same_name_that_says_something_else_is_not_explained() {
        let explained: Explained = toml::from_str(
            "[[empty]]\nname = \"a.kql\"\nsays = [\"where x == 1\", \"where x == 2\"]\nreason = \"both cannot be\"\n",
        )
        .unwrap();
        let query = |text: &str| Text {
            name: "a.kql".to_owned(),
            text: text.to_owned(),
            published: true,
        };
        assert!(explained.empty(&query("T | where x == 1 | where x == 2")).is_some());
        assert_eq!(explained.empty(&query("T | where x == 1")), None);
        assert_eq!(explained.error(&query("T | where x == 1 | where x == 2")), None);
    }
}
