//! The columns of a batch, by name.

use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::Fields;

use crate::TableError;

/// The columns of a batch or of a list's items.
pub(crate) struct ColumnSource<'a> {
    table: &'static str,
    fields: &'a Fields,
    arrays: &'a [ArrayRef],
    rows: usize,
}

impl<'a> ColumnSource<'a> {
    pub(crate) fn of_batch(table: &'static str, batch: &'a RecordBatch) -> Self {
        Self {
            table,
            fields: batch.schema_ref().fields(),
            arrays: batch.columns(),
            rows: batch.num_rows(),
        }
    }

    pub(crate) fn of_items(table: &'static str, items: &'a StructArray) -> Self {
        Self {
            table,
            fields: items.fields(),
            arrays: items.columns(),
            rows: items.len(),
        }
    }

    pub(crate) fn table(&self) -> &'static str {
        self.table
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The column, where it is there.
    pub(crate) fn optional<A: Array + 'static>(&self, column: &'static str) -> Result<Option<&'a A>, TableError> {
        let found = self.fields.find(column).and_then(|(place, _)| self.arrays.get(place));
        found.map(|array| downcast(self.table, column, array)).transpose()
    }

    /// The column, which must be there.
    pub(crate) fn required<A: Array + 'static>(&self, column: &'static str) -> Result<&'a A, TableError> {
        self.optional(column)?.ok_or(TableError::MissingColumn {
            table: self.table,
            column,
        })
    }

    pub(crate) fn missing_value(&self, column: &'static str, row: usize) -> TableError {
        TableError::MissingValue {
            table: self.table,
            column,
            row,
        }
    }

    pub(crate) fn unknown_value(&self, column: &'static str, row: usize) -> TableError {
        TableError::UnknownValue {
            table: self.table,
            column,
            row,
        }
    }
}

/// The array as the type a column must have.
pub(crate) fn downcast<'a, A: Array + 'static>(
    table: &'static str,
    column: &'static str,
    array: &'a ArrayRef,
) -> Result<&'a A, TableError> {
    array.as_any().downcast_ref().ok_or_else(|| TableError::WrongType {
        table,
        column,
        found: array.data_type().to_string(),
    })
}
