//! Hunting tables that are kept: in a case on disk until its evidence changes, else as long as they are used.

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use whotalks_tables::hunting;

use super::desks::{End, Ended, HuntingDesks};
use super::{HuntingRows, HuntingTable};
use crate::StoreError;
use crate::case::{Proposal, Shared};
use crate::log::{Change, Part, State};
use crate::place::{Objects, Place};

/// Writes the hunting tables of a case on disk. Dropping it leaves nothing.
pub struct HuntingWriter {
    shared: Arc<Shared>,
    of: u64,
    desks: HuntingDesks,
}

/// Hunting tables that live as long as this does.
pub struct HuntingInMemory {
    desks: HuntingDesks,
    folder: TempDir,
}

impl HuntingWriter {
    pub(crate) fn new(shared: Arc<Shared>) -> Result<Self, StoreError> {
        let of = shared.with_state(|state| state.last_of_evidence);
        Ok(Self {
            desks: HuntingDesks::new(shared.temporary()),
            of,
            shared,
        })
    }

    /// Where the rows go.
    pub fn desks(&mut self) -> &mut HuntingDesks {
        &mut self.desks
    }

    /// Makes the tables visible in one step. Those that they replace stay for an hour, for whoever still reads them.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`]; then the older tables stay.
    pub fn commit(self) -> Result<Vec<HuntingTable>, StoreError> {
        let stem = format!("{:08}-{}-{}", self.of, hunting::EDITION, self.shared.name());
        let tables = self.desks.finish(End::Files(self.shared.temporary(), &stem))?;
        let parts = tables.into_iter().flat_map(Ended::into_parts).collect();
        let of = self.of;
        self.shared.commit(parts, &mut |state| {
            let old = state.hunting.as_ref();
            if old.is_some_and(|old| old.of > of) {
                return Ok(None);
            }
            let removed = old.into_iter().flat_map(|old| &old.parts);
            Ok(Some(Proposal {
                change: Change::Hunting {
                    of,
                    edition: hunting::EDITION,
                },
                removed: removed.map(|part| part.name.clone()).collect(),
            }))
        })?;
        let place = &self.shared.place;
        let tables = self
            .shared
            .with_state(|state| state.hunting.as_ref().map(|tables| tables_of(place, &tables.parts)));
        Ok(tables.unwrap_or_default())
    }
}

impl HuntingInMemory {
    /// No rows yet; `folder` takes what does not fit into memory.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] where `folder` cannot be written.
    pub fn new(folder: &Path) -> Result<Self, StoreError> {
        let folder = TempDir::new_in(folder).map_err(StoreError::io("create a folder in", folder))?;
        Ok(Self {
            desks: HuntingDesks::new(folder.path()),
            folder,
        })
    }

    /// Where the rows go.
    pub fn desks(&mut self) -> &mut HuntingDesks {
        &mut self.desks
    }

    /// The tables, and the folder that holds the larger ones; it is removed when it is dropped.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`].
    pub fn finish(self) -> Result<(Vec<HuntingTable>, TempDir), StoreError> {
        let tables = self.desks.finish(End::MemoryOrFiles(self.folder.path()))?;
        Ok((tables.into_iter().map(Ended::into_table).collect(), self.folder))
    }
}

/// The hunting tables of a case, where they hold what was observed last in the way of this version.
pub(crate) fn kept(place: &Place, state: &State) -> Option<Vec<HuntingTable>> {
    let tables = state.hunting.as_ref()?;
    let is_current = tables.of == state.last_of_evidence && tables.edition == hunting::EDITION;
    is_current.then(|| tables_of(place, &tables.parts))
}

fn tables_of(place: &Place, parts: &[Part]) -> Vec<HuntingTable> {
    let tables = hunting::all().into_iter();
    let with_rows = tables.map(|description| {
        let of_table = parts.iter().filter(|part| part.name.table == description.name);
        let rows = rows_of(place, of_table.collect());
        HuntingTable { description, rows }
    });
    with_rows.collect()
}

fn rows_of(place: &Place, parts: Vec<&Part>) -> HuntingRows {
    if parts.is_empty() {
        return HuntingRows::Batches(Vec::new());
    }
    let names = parts.iter().map(|part| part.name.name());
    match place {
        Place::Folder(_) => HuntingRows::Files(names.map(|name| place.path(&name)).collect()),
        Place::Bucket(bucket) => {
            let files = names.zip(&parts).map(|(name, part)| (name, part.bytes));
            HuntingRows::Objects(Objects::new(bucket, files.collect()))
        }
    }
}
