//! What can be wrong with a batch that should be a table.

/// Why a record batch is not the table it is read as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A column that must be there is not.
    #[error("table {table} has no column {column}; it was not written by whotalks or is damaged")]
    MissingColumn {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A column has another type.
    #[error("column {column} of table {table} has type {found}; it was not written by whotalks or is damaged")]
    WrongType {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The type that was found, in Arrow's words.
        found: String,
    },
    /// A value is missing where one must be.
    #[error("column {column} of table {table} has no value in row {row} of a batch; the file is damaged")]
    MissingValue {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row in the batch, from 0.
        row: usize,
    },
    /// A value is none that this version knows.
    #[error(
        "column {column} of table {table} has an unknown value in row {row} of a batch; \
         it was written by a newer whotalks or is damaged"
    )]
    UnknownValue {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row in the batch, from 0.
        row: usize,
    },
}
