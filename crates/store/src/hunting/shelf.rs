//! Hunting tables that are kept: in a case on disk until its evidence changes, else as long as they are used.
//!
//! A case keeps them in `hunting/<commit>-<edition>/`, a folder that gets its name when all files in it are complete. A reader
//! that still has the folder of an older commit keeps the files that it has opened; the last folder before the current one stays.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use whotalks_tables::hunting;

use super::desks::{End, HuntingDesks, file_of};
use super::{HuntingRows, HuntingTable};
use crate::case::Shared;
use crate::{StoreError, disk};

/// The folder of hunting tables in a case.
const FOLDER: &str = "hunting";

/// Writes the hunting tables of a case on disk. Dropping it leaves nothing.
pub struct HuntingWriter {
    shared: Arc<Shared>,
    commit: u64,
    temporary: PathBuf,
    desks: HuntingDesks,
}

/// Hunting tables that live as long as this does.
pub struct HuntingInMemory {
    desks: HuntingDesks,
    folder: TempDir,
}

impl HuntingWriter {
    pub(crate) fn new(shared: Arc<Shared>, commit: u64, temporary: &Path) -> Result<Self, StoreError> {
        let temporary = temporary.join(FOLDER);
        disk::create_folder(&temporary)?;
        Ok(Self {
            desks: HuntingDesks::new(&temporary),
            shared,
            commit,
            temporary,
        })
    }

    /// Where the rows go.
    pub fn desks(&mut self) -> &mut HuntingDesks {
        &mut self.desks
    }

    /// Makes the tables visible in one step, and takes away those of older commits but the last.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`]; then the older tables stay.
    pub fn commit(self) -> Result<Vec<HuntingTable>, StoreError> {
        self.desks.finish(End::Files(&self.temporary))?;
        let folder = folder_of(&self.shared.root, self.commit);
        if let Some(parent) = folder.parent() {
            disk::create_folder(parent)?;
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(StoreError::io("remove", &folder))?;
        }
        disk::rename(&self.temporary, &folder)?;
        disk::sync_folder_of(&folder)?;
        sweep(&self.shared.root, &folder);
        Ok(tables_in(&folder))
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
        Ok((tables, self.folder))
    }
}

/// The hunting tables of a commit, where they are kept.
pub(crate) fn kept(root: &Path, commit: u64) -> Option<Vec<HuntingTable>> {
    let folder = folder_of(root, commit);
    folder.is_dir().then(|| tables_in(&folder))
}

fn folder_of(root: &Path, commit: u64) -> PathBuf {
    root.join(FOLDER).join(format!("{commit:08}-{}", hunting::EDITION))
}

fn tables_in(folder: &Path) -> Vec<HuntingTable> {
    let tables = hunting::all().into_iter();
    let with_rows = tables.map(|description| {
        let path = file_of(folder, description.name);
        let rows = match path.exists() {
            true => HuntingRows::Files(vec![path]),
            false => HuntingRows::Batches(Vec::new()),
        };
        HuntingTable { description, rows }
    });
    with_rows.collect()
}

/// Takes older tables away. What cannot be removed only takes room, and is tried again.
fn sweep(root: &Path, current: &Path) {
    let mut folders: Vec<PathBuf> = disk::names(&root.join(FOLDER))
        .unwrap_or_default()
        .into_iter()
        .map(|name| root.join(FOLDER).join(name))
        .filter(|folder| folder != current)
        .collect();
    folders.sort();
    folders.pop();
    for folder in folders {
        let _ = fs::remove_dir_all(folder);
    }
}
