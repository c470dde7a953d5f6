//! Keeping a case in order: merging small files, taking old evidence away, checking, telling.

mod compact;
mod info;
mod retain;
mod rewrite;
mod vacuum;
mod verify;

pub use compact::Compaction;
pub(crate) use info::info;
pub use info::{Info, TableInfo};
pub use retain::{Retention, Retired};
pub(crate) use verify::verify;
pub use verify::{Fault, Verification};

use std::path::{Path, PathBuf};

use crate::case::{Proposal, Shared};
use crate::log::{self, Change, State};
use crate::parts::FinishedPart;
use crate::{CaseStore, StoreError, WriterIdentity};

/// The right to tidy up a case.
#[derive(Debug)]
pub struct Maintenance {
    shared: Shared,
}

impl Maintenance {
    pub(crate) fn take(root: &Path, identity: &WriterIdentity) -> Result<Self, StoreError> {
        let shared = Shared::take(root, identity, false)?;
        Ok(Self { shared })
    }

    /// Ends an act of tidying: one file in place of all commits, and files away that nobody can be reading any more.
    fn settle(&self) -> Result<vacuum::Vacuumed, StoreError> {
        let vacuumed = vacuum::vacuum(&self.shared)?;
        self.shared.write_snapshot()?;
        Ok(vacuumed)
    }
}

/// The right to replace everything that a case observed, of one alone.
#[derive(Debug)]
pub struct Rebuild {
    shared: Shared,
}

impl Rebuild {
    /// Takes it.
    ///
    /// # Errors
    ///
    /// [`StoreError::BeingWritten`] while anybody writes; [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn take(store: &CaseStore, identity: &WriterIdentity) -> Result<Self, StoreError> {
        let shared = Shared::take(store.root(), identity, true)?;
        Ok(Self { shared })
    }

    /// A folder on the same disk for the case that is made anew; it goes away with this.
    pub fn folder(&self) -> PathBuf {
        self.shared.temporary().join("rebuilt")
    }

    /// Puts what `fresh` observed in the place of what the case observed, in one step. `fresh` is a case in [`Rebuild::folder`].
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`], [`StoreError::Io`]; then the case is as it was.
    pub fn replace_by(self, fresh: &CaseStore) -> Result<(), StoreError> {
        let new = log::read_state(fresh.root())?;
        let parts = new.parts.iter().map(|part| FinishedPart {
            part: part.clone(),
            temporary: part.name.path(fresh.root()),
        });
        let parts = parts.collect();
        let batches = new.batches.clone();
        self.shared.commit(|state: &State| {
            let removed = state.parts.iter().map(|part| part.name.clone());
            Ok(Some(Proposal {
                change: Change::Rebuilt { batches },
                parts,
                removed: removed.collect(),
            }))
        })
    }
}
