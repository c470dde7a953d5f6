//! Derived tables: written anew as a whole.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use whotalks_tables::Table;

use super::store::TEMPORARY;
use super::writer::Shared;
use crate::parts::{PartFile, PartWriter, Rows, open};
use crate::{StoreError, disk};

/// The key in a file's metadata under which the last commit stands that it was computed from.
const COMMIT_KEY: &str = "whotalks.commit";

/// Writes a derived table anew. Dropping it leaves the old one.
pub struct DerivedWriter<T: Table> {
    shared: Arc<Shared>,
    commit: u64,
    part: PartWriter<T>,
}

/// A derived table as it was last written.
pub struct Derived<T: Table> {
    /// The last commit that it was computed from; see [`crate::CaseReader::last_commit`].
    pub commit: u64,
    /// Its rows.
    pub rows: Rows<T>,
}

impl<T: Table> DerivedWriter<T> {
    pub(crate) fn new(shared: Arc<Shared>, commit: u64) -> Self {
        let path = shared.root.join(TEMPORARY).join(file_name::<T>());
        Self {
            shared,
            commit,
            part: PartWriter::new(path),
        }
    }

    /// Appends a row.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`].
    pub fn append(&mut self, row: &T::Row) -> Result<(), StoreError> {
        self.part.append(row)
    }

    /// Replaces the table in one step.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`]; then the old table stays.
    pub fn commit(self) -> Result<(), StoreError> {
        let temporary = self.part.path().to_owned();
        self.part.finish(Some((COMMIT_KEY, self.commit.to_string())))?;
        let path = path_of::<T>(&self.shared.root);
        if let Some(folder) = path.parent() {
            disk::create_folder(folder)?;
            disk::sync_folder_of(folder)?;
        }
        disk::rename(&temporary, &path)?;
        disk::sync_folder_of(&path)
    }
}

fn file_name<T: Table>() -> String {
    format!("{}.parquet", T::NAME)
}

fn path_of<T: Table>(root: &Path) -> PathBuf {
    root.join("derived").join(file_name::<T>())
}

/// The table, where it was ever written.
pub(crate) fn read<T: Table>(root: &Path) -> Result<Option<Derived<T>>, StoreError> {
    let path = path_of::<T>(root);
    if !path.exists() {
        return Ok(None);
    }
    let part = PartFile { path, bytes: None };
    let opened = open(&part)?;
    let remarks = opened.metadata().file_metadata().key_value_metadata();
    let commit = remarks
        .into_iter()
        .flatten()
        .find(|remark| remark.key == COMMIT_KEY)
        .and_then(|remark| remark.value.as_ref()?.parse().ok());
    Ok(Some(Derived {
        commit: commit.unwrap_or_default(),
        rows: Rows::new([part]),
    }))
}
