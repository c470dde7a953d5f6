//! What can be wrong with a data file.

use crate::pattern::PatternError;
use crate::table::Place;

/// A row of the catalogue's data files that could not be used. The bundled files have none; a test proves it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// The row does not have the columns of its header, or a cell is not of its column's type.
    #[error("{file}, line {line}: {reason}")]
    Row {
        /// The data file.
        file: &'static str,
        /// One-based line number.
        line: u64,
        /// What the reader said.
        reason: String,
    },
    /// A host name pattern that cannot be used.
    #[error("{file}, line {line}: pattern {pattern:?}: {source}")]
    Pattern {
        /// The data file.
        file: &'static str,
        /// One-based line number.
        line: u64,
        /// The pattern as written.
        pattern: String,
        /// What is wrong with it.
        source: PatternError,
    },
    /// A row refers to an entry that does not exist in its file.
    #[error("{file}, line {line}: there is no {kind} {id:?}")]
    Reference {
        /// The data file.
        file: &'static str,
        /// One-based line number.
        line: u64,
        /// The kind of entry: feature, turn-off, source …
        kind: &'static str,
        /// The id that was looked for.
        id: String,
    },
    /// A cell that must be one of a few words, or an address range, is something else.
    #[error("{file}, line {line}: {value:?} is not {expected}")]
    Value {
        /// The data file.
        file: &'static str,
        /// One-based line number.
        line: u64,
        /// The cell.
        value: String,
        /// What would have been accepted.
        expected: &'static str,
    },
}

impl DataError {
    pub(crate) fn row(at: Place, error: &csv::Error) -> Self {
        Self::Row {
            file: at.file,
            line: at.line,
            reason: error.to_string(),
        }
    }

    pub(crate) fn pattern(at: Place, pattern: &str, source: PatternError) -> Self {
        Self::Pattern {
            file: at.file,
            line: at.line,
            pattern: pattern.to_owned(),
            source,
        }
    }

    pub(crate) fn reference(at: Place, kind: &'static str, id: &str) -> Self {
        Self::Reference {
            file: at.file,
            line: at.line,
            kind,
            id: id.to_owned(),
        }
    }

    pub(crate) fn value(at: Place, value: &str, expected: &'static str) -> Self {
        Self::Value {
            file: at.file,
            line: at.line,
            value: value.to_owned(),
            expected,
        }
    }
}
