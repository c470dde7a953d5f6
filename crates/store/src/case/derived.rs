//! Derived tables: written anew as a whole.

use std::sync::Arc;

use whotalks_tables::Table;

use super::shared::{Proposal, Shared};
use super::table_writer::TableWriter;
use crate::StoreError;
use crate::log::{Change, Stage};
use crate::parts::Rows;

/// Writes a derived table anew. Dropping it leaves the old one.
pub struct DerivedWriter<T: Table> {
    shared: Arc<Shared>,
    of: u64,
    table: TableWriter<T>,
}

/// A derived table as it was last written.
pub struct Derived<T: Table> {
    /// The last change of what is observed that it was computed from; see [`crate::CaseReader::last_commit`].
    pub commit: u64,
    /// Its rows.
    pub rows: Rows<T>,
}

impl<T: Table> DerivedWriter<T> {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let of = shared.with_state(|state| state.last_of_evidence);
        let stem = format!("{of:08}-{}", shared.name());
        Self {
            table: TableWriter::new(shared.temporary(), Stage::Derived, &stem),
            of,
            shared,
        }
    }

    /// Appends a row.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`].
    pub fn append(&mut self, row: &T::Row) -> Result<(), StoreError> {
        self.table.append(row)
    }

    /// Replaces the table in one step, unless somebody else has written one meanwhile that knows more.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`]; then the old table stays.
    pub fn commit(self) -> Result<(), StoreError> {
        let parts = self.table.finish()?;
        self.shared.commit(parts, &mut |state| {
            let old = state.derived.get(T::NAME);
            if old.is_some_and(|old| old.of > self.of) {
                return Ok(None);
            }
            let removed = old.into_iter().flat_map(|old| &old.parts);
            Ok(Some(Proposal {
                change: Change::Derived {
                    table: T::NAME.to_owned(),
                    of: self.of,
                },
                removed: removed.map(|part| part.name.clone()).collect(),
            }))
        })
    }
}
