//! What is asked, and who looks on meanwhile.

use whotalks_kql_values::{DateTime, KustoType, Value};

/// A query and what it is asked with.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The query.
    pub text: &'q str,
    /// Names that the query can use as if a `let` had given them.
    pub parameters: &'q [Parameter],
    /// What `now()` gives.
    pub now: DateTime,
}

/// A value under a name. It is a value and never part of the text, so that whatever stands in it changes no query.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The type of its value.
    pub kusto_type: KustoType,
    /// Its value, of that type or null.
    pub value: Value<'static>,
}

/// How far a query is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows that were read so far.
    pub rows_read: u64,
    /// Rows that there are to read, where that is known; what is left out because it cannot match is among them.
    pub rows: Option<u64>,
}

/// Looks on while a query runs.
pub trait Watch {
    /// Is asked several times a second; a query that must not go on ends in [`PlanProblem::Cancelled`](crate::PlanProblem).
    fn goes_on(&mut self, progress: Progress) -> bool;
}

/// Nobody looks on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn goes_on(&mut self, _: Progress) -> bool {
        true
    }
}
