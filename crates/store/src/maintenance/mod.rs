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

use std::path::PathBuf;

use crate::case::{Proposal, Shared, sweep_dead};
use crate::log::{self, Change, State};
use crate::parts::FinishedPart;
use crate::place::Place;
use crate::{CaseStore, StoreError, WriterIdentity};

/// The right to tidy up a case.
#[derive(Debug)]
pub struct Maintenance {
    shared: Shared,
}

impl Maintenance {
    pub(crate) fn take(place: &Place, identity: &WriterIdentity) -> Result<Self, StoreError> {
        let shared = Shared::take(place, identity, false)?;
        Ok(Self { shared })
    }

    /// Ends an act of tidying: one file in place of all commits, and files away that nobody can be reading any more.
    fn settle(&self) -> Result<vacuum::Vacuumed, StoreError> {
        let vacuumed = vacuum::vacuum(&self.shared)?;
        if let Some(bucket) = self.shared.place.bucket() {
            // In a folder, every writer begins with this.
            sweep_dead(&self.shared, bucket)?;
            self.shared.publish_all()?;
        }
        self.shared.write_snapshot()?;
        Ok(vacuumed)
    }
}

/// The right to replace everything that a case observed, of one alone. In a bucket nobody is kept from writing meanwhile; where somebody
/// has, nothing is replaced.
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
        let shared = Shared::take(store.place(), identity, true)?;
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
    /// [`StoreError::Overtaken`], [`StoreError::DamagedFile`], [`StoreError::Io`], [`StoreError::Object`]; then the case is as it was.
    pub fn replace_by(self, fresh: &CaseStore) -> Result<(), StoreError> {
        let new = log::read_state(fresh.place())?;
        let parts = new.parts.iter().map(|part| FinishedPart {
            part: part.clone(),
            temporary: fresh.place().path(&part.name.name()),
        });
        let before = self.shared.evidence_before();
        self.shared.commit(parts.collect(), &mut |state: &State| {
            if state.last_of_evidence != before {
                return Err(StoreError::Overtaken {
                    path: self.shared.place.root().to_owned(),
                });
            }
            let removed = state.parts.iter().map(|part| part.name.clone());
            let batches = new.batches.clone();
            Ok(Some(Proposal {
                change: Change::Rebuilt { batches },
                removed: removed.collect(),
            }))
        })
    }
}
