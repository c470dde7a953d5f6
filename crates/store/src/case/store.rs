//! Creating and opening a case.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CaseReader, CaseWriter};
use crate::lock::TEMPORARY;
use crate::maintenance::{self, Maintenance};
use crate::{StoreError, WriterIdentity, disk, lock, log, settings};

/// A case on disk. Readers and writers may use it at the same time.
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
        log::create(root)?;
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

    /// Takes the right to write, together with whoever has it already, and sweeps away what a killed writer left. The right ends
    /// when the writer and everything made from it are dropped. A case of an older format is one of this format from then on.
    ///
    /// # Errors
    ///
    /// [`StoreError::BeingWritten`] while somebody rebuilds the case; [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn writer(&self, identity: &WriterIdentity) -> Result<CaseWriter, StoreError> {
        CaseWriter::take(&self.root, identity)
    }

    /// Takes the right to tidy up, together with whoever writes.
    ///
    /// # Errors
    ///
    /// As [`CaseStore::writer`].
    pub fn maintenance(&self, identity: &WriterIdentity) -> Result<Maintenance, StoreError> {
        Maintenance::take(&self.root, identity)
    }

    /// The case as it is now: later commits do not change what this reader sees. Files that a later commit makes needless stay for
    /// an hour.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn reader(&self) -> Result<CaseReader, StoreError> {
        let state = log::read_state(&self.root)?;
        Ok(CaseReader::new(&self.root, Arc::new(state)))
    }

    /// What the case is made of.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn info(&self) -> Result<maintenance::Info, StoreError> {
        maintenance::info(&self.root)
    }

    /// Reads everything and says what is wrong with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`] where the log itself cannot be read, [`StoreError::Io`].
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<maintenance::Verification, StoreError> {
        maintenance::verify(&self.root, progress)
    }

    /// Who is writing now.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`].
    pub fn writers(&self) -> Result<Vec<WriterIdentity>, StoreError> {
        lock::living_writers(&self.root)
    }
}
