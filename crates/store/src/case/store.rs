//! Creating and opening a case.

use std::path::Path;
use std::sync::Arc;

use super::{CaseReader, CaseWriter};
use crate::lock::TEMPORARY;
use crate::maintenance::{self, Maintenance};
use crate::place::Place;
use crate::{StoreError, WriterIdentity, lock, log, settings};

/// A case that is kept, in a folder or in a bucket (`s3://BUCKET/PREFIX`). Readers and writers may use it at the same time.
#[derive(Clone, Debug)]
pub struct CaseStore {
    place: Place,
}

impl CaseStore {
    /// Makes `root` a case: a folder that is not there yet or is empty, or a bucket without anything below the prefix.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotEmpty`], and [`StoreError::Io`] or [`StoreError::Object`] where it cannot be written.
    pub fn create(root: &Path) -> Result<Self, StoreError> {
        Self::create_in(Place::of(root)?, root)
    }

    pub(crate) fn create_in(place: Place, root: &Path) -> Result<Self, StoreError> {
        // What a creation that was cut short left behind is no content.
        let left_over = |name: &String| name != TEMPORARY && name != "commits";
        if place.names("")?.iter().any(left_over) {
            return Err(StoreError::NotEmpty { path: root.to_owned() });
        }
        if let Some(bucket) = place.bucket() {
            bucket.check_is_safe(&lock::fresh_name(std::process::id()))?;
        }
        place.create_folder(TEMPORARY)?;
        log::create(&place)?;
        settings::write(&place, &place.path(TEMPORARY).join(settings::FILE))?;
        Self::opened(place)
    }

    /// Opens the case in `root`.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotACase`], [`StoreError::NewerFormat`], [`StoreError::DamagedFile`], [`StoreError::Io`], [`StoreError::Object`].
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        Self::opened(Place::of(root)?)
    }

    fn opened(place: Place) -> Result<Self, StoreError> {
        settings::check(&place)?;
        Ok(Self { place })
    }

    /// Its folder, or its address in a bucket.
    pub fn root(&self) -> &Path {
        self.place.root()
    }

    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    /// Takes the right to write, together with whoever has it already, and sweeps away what a killed writer left. The right ends
    /// when the writer and everything made from it are dropped. A case of an older format is one of this format from then on.
    ///
    /// # Errors
    ///
    /// [`StoreError::BeingWritten`] while somebody rebuilds the case; [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn writer(&self, identity: &WriterIdentity) -> Result<CaseWriter, StoreError> {
        CaseWriter::take(&self.place, identity)
    }

    /// Takes the right to tidy up, together with whoever writes.
    ///
    /// # Errors
    ///
    /// As [`CaseStore::writer`].
    pub fn maintenance(&self, identity: &WriterIdentity) -> Result<Maintenance, StoreError> {
        Maintenance::take(&self.place, identity)
    }

    /// The case as it is now: later commits do not change what this reader sees. Files that a later commit makes needless stay for
    /// an hour.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn reader(&self) -> Result<CaseReader, StoreError> {
        let state = log::read_state(&self.place)?;
        Ok(CaseReader::new(&self.place, Arc::new(state)))
    }

    /// What the case is made of.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn info(&self) -> Result<maintenance::Info, StoreError> {
        maintenance::info(&self.place)
    }

    /// Reads everything and says what is wrong with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`] where the log itself cannot be read, [`StoreError::Io`].
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<maintenance::Verification, StoreError> {
        maintenance::verify(&self.place, progress)
    }

    /// Who is writing now.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`].
    pub fn writers(&self) -> Result<Vec<WriterIdentity>, StoreError> {
        lock::living_writers(&self.place)
    }
}
