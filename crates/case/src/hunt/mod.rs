//! Hunting queries over one case or several.

mod outside;
mod places;
mod tables;

use std::path::{Path, PathBuf};

use whotalks_kql_plan::completion::{Completer, Completions};
use whotalks_kql_plan::values::{DateTime, KustoType, Value};
use whotalks_kql_plan::{Answer, Embedded, Limits, Parameter, PlanError, Question, Watch};
use whotalks_record::{Span, Timestamp};
use whotalks_tables::hunting::Flavour;

use crate::{Case, CaseError};
pub use outside::Outside;
pub use places::PlacesError;
use tables::{CaseTables, EmptyTables};

/// The column that says which of several cases a row is of.
pub const CASE_COLUMN: &str = "CaseId";
/// The column of the reference to the evidence that states a row.
pub const SPAN_COLUMN: &str = "Span";
/// The column of times that tables have in Sentinel only.
const TIME_OF_SENTINEL: &str = "TimeGenerated";

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum HuntError {
    /// A case cannot be read or written.
    #[error("{source}")]
    Case {
        /// Its place among those that are asked, from 0.
        place: usize,
        /// Why.
        source: CaseError,
    },
    /// The query is wrong, or went beyond its limits.
    #[error(transparent)]
    Query(#[from] PlanError),
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Hunted<'q> {
    /// The query.
    pub text: &'q str,
    /// Names that it can use.
    pub parameters: &'q [Parameter],
    /// The product whose names it has.
    pub flavour: Flavour,
    /// What `now()` gives; it also names the writer of a case on disk.
    pub now: Timestamp,
}

/// One case or several that are asked together, and the engine that answers.
pub struct Hunter {
    engine: Embedded,
    cases: Vec<Named>,
    outside: Outside,
}

/// A case, and what the column [`CASE_COLUMN`] calls it.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) case: Case,
}

/// Where the row of an answer stands in the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowReference {
    /// The reference.
    pub span: Span,
    /// The name of its case, where several are asked.
    pub case: Option<String>,
}

/// What a query that names no product was written for: one that names the column of Sentinel is one of Sentinel.
pub fn flavour_of(text: &str) -> Flavour {
    if text.contains(TIME_OF_SENTINEL) {
        Flavour::Sentinel
    } else {
        Flavour::Xdr
    }
}

/// What cases in folders are called where several are asked: by the names of their folders, or their paths where two have one name.
pub fn case_names(folders: &[PathBuf]) -> Vec<String> {
    let name = |folder: &Path| folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let names: Vec<Option<String>> = folders.iter().map(|folder| name(folder)).collect();
    let unique = |wanted: &String| names.iter().flatten().filter(|name| *name == wanted).count() == 1;
    let named = folders.iter().zip(&names).map(|(folder, name)| match name {
        Some(name) if unique(name) => name.clone(),
        _ => folder.display().to_string(),
    });
    named.collect()
}

impl Hunter {
    /// One case, or several under names, and what may be read beside them; an error where the system gives the engine no threads.
    ///
    /// # Errors
    ///
    /// [`HuntError::Query`].
    pub fn new(cases: Vec<(String, Case)>, outside: Outside, limits: Limits) -> Result<Self, HuntError> {
        let cases = cases.into_iter().map(|(name, case)| Named { name, case });
        Ok(Self {
            engine: Embedded::new(limits)?,
            cases: cases.collect(),
            outside,
        })
    }

    /// The answer to a query in the Kusto Query Language over the tables of the cases; where there are several, each table has the
    /// column [`CASE_COLUMN`]. Tables are computed when a query first names them.
    ///
    /// # Errors
    ///
    /// [`HuntError::Query`] where the query is wrong, [`HuntError::Case`] where a case cannot be read.
    pub fn ask(&mut self, hunted: &Hunted<'_>, watch: &mut dyn Watch) -> Result<Answer, HuntError> {
        let moment = DateTime::from_unix_nanoseconds(hunted.now.nanoseconds()).unwrap_or(DateTime::UNIX_EPOCH);
        let question = Question {
            text: hunted.text,
            parameters: hunted.parameters,
            now: moment,
        };
        let tables = CaseTables::new(&mut self.cases, &self.outside, hunted);
        let answer = self.engine.ask(&question, &tables, watch);
        // What a case could not give is why the query found no such table.
        tables.into_failure().map_or(Ok(()), Err)?;
        Ok(answer?)
    }

    /// What can stand at a byte of a query. No table is computed for it.
    pub fn complete(&self, text: &str, cursor: usize, flavour: Flavour) -> Completions {
        let tables = EmptyTables {
            flavour,
            several: self.cases.len() > 1,
        };
        let completer = Completer {
            engine: &self.engine,
            tables: &tables,
            parameters: &[],
        };
        completer.at(text, cursor)
    }

    /// The case that a reference of an answer is of.
    pub fn case_of(&self, reference: &RowReference) -> Option<&Case> {
        let named = |wanted: &String| self.cases.iter().find(|named| named.name == *wanted);
        match &reference.case {
            Some(name) => named(name).map(|named| &named.case),
            None => self.cases.first().map(|named| &named.case),
        }
    }
}

/// Where a row of an answer, counted from 1, stands in the evidence; none where the query left out the columns that say so.
pub fn reference_of(answer: &Answer, row: usize) -> Option<RowReference> {
    let place = |name: &str| {
        let is = |column: &whotalks_kql_plan::Column| column.name == name && column.kusto_type == KustoType::String;
        answer.columns.iter().position(is)
    };
    let (span, case) = (place(SPAN_COLUMN)?, place(CASE_COLUMN));
    let mut found = None;
    let mut number = 0usize;
    answer.for_each_row(|cells| {
        number = number.saturating_add(1);
        if number == row {
            let text = |place: usize| match cells.get(place) {
                Some(Value::String(text)) => Some(text.to_string()),
                _ => None,
            };
            found = text(span).map(|span| (span, case.and_then(text)));
        }
    });
    let (span, case) = found?;
    Some(RowReference {
        span: span.parse().ok()?,
        case,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_called_by_their_folders_unless_two_have_one_name() {
        let names = |folders: &[&str]| case_names(&folders.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(names(&["a/one", "b/two"]), ["one", "two"]);
        assert_eq!(names(&["a/one", "b/one", "c"]), ["a/one", "b/one", "c"]);
    }

    #[test]
    fn a_query_of_sentinel_is_told_by_its_column_of_times() {
        assert_eq!(flavour_of("T | where TimeGenerated > ago(1d)"), Flavour::Sentinel);
        assert_eq!(flavour_of("T | where Timestamp > ago(1d)"), Flavour::Xdr);
    }
}
