//! Creating and opening a case.

use std::path::{Path, PathBuf};

use super::{CaseReader, CaseWriter};
use crate::{StoreError, WriterIdentity, commits, disk, settings};

/// The folder of what is not committed yet.
pub(crate) const TEMPORARY: &str = "tmp";

/// A case on disk. Readers and one writer may use it at the same time.
#[derive(Clone, Debug)]
pub struct CaseStore {
    root: PathBuf,
}

impl CaseStore {
    /// Makes `root` a case: a folder that is not there yet or is empty.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotEmpty`], and [`StoreError::Io`] where the folder cannot be written.
    pub fn create(root: &Path) -> Result<Self, StoreError> {
        // What a creation that was cut short left behind is no content.
        let left_over = |name: &String| name != TEMPORARY && name != "commits";
        if disk::names(root)?.iter().any(left_over) {
            return Err(StoreError::NotEmpty { path: root.to_owned() });
        }
        let temporary = root.join(TEMPORARY);
        disk::create_folder(&temporary)?;
        commits::create(root)?;
        settings::write(root, &temporary.join(settings::FILE))?;
        Self::open(root)
    }

    /// Opens the case in `root`.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotACase`], [`StoreError::NewerFormat`], [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        settings::check(root)?;
        Ok(Self { root: root.to_owned() })
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Takes the right to write, and sweeps away what a killed writer left. The right ends when the writer and everything
    /// made from it are dropped.
    ///
    /// # Errors
    ///
    /// [`StoreError::BeingWritten`] while another writer has it; [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn writer(&self, identity: &WriterIdentity) -> Result<CaseWriter, StoreError> {
        CaseWriter::take(&self.root, identity)
    }

    /// The case as it is now: later commits do not change what this reader sees.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn reader(&self) -> Result<CaseReader, StoreError> {
        Ok(CaseReader::new(&self.root, commits::read_all(&self.root)?))
    }
}
