//! What all writers of one process share: the right to write, and the moment of a commit.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::lock::{CommitLock, Desk, WriteLock, sweep_desks};
use crate::log::{self, Change, Commit, Part, PartName, Stage, State};
use crate::parts::FinishedPart;
use crate::{StoreError, WriterIdentity, delta, disk, settings};

/// The file in which the next free number of evidence stands.
const NUMBERS: &str = "next-evidence";

/// The right to write, as long as anybody holds it.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) root: PathBuf,
    desk: Desk,
    _write: WriteLock,
    at_milliseconds: i64,
    state: Mutex<State>,
}

/// A change to be committed.
pub(crate) struct Proposal {
    /// What it does.
    pub(crate) change: Change,
    /// The files that it brings, under their temporary names.
    pub(crate) parts: Vec<FinishedPart>,
    /// The files that it makes needless.
    pub(crate) removed: Vec<PartName>,
}

impl Shared {
    /// Takes the right to write, together with others or alone.
    pub(crate) fn take(root: &Path, identity: &WriterIdentity, alone: bool) -> Result<Self, StoreError> {
        let write = if alone {
            WriteLock::alone(root)
        } else {
            WriteLock::share(root)
        }?;
        let _moment = CommitLock::take(root)?;
        disk::create_folder(&root.join(crate::lock::TEMPORARY))?;
        sweep_desks(root)?;
        let state = log::read_state(root)?;
        sweep_parts(root, &state)?;
        let desk = Desk::take(root, identity)?;
        settings::raise(root, &desk.folder().join("settings"))?;
        let at_milliseconds = identity.since_milliseconds;
        delta::publish_all(root, &desk.folder().join("version"), &state, at_milliseconds)?;
        Ok(Self {
            root: root.to_owned(),
            desk,
            _write: write,
            at_milliseconds,
            state: Mutex::new(state),
        })
    }

    /// The folder for what is not committed yet.
    pub(crate) fn temporary(&self) -> &Path {
        self.desk.folder()
    }

    /// The name of this writer, which no other has.
    pub(crate) fn name(&self) -> &str {
        self.desk.name()
    }

    /// When this writer began, in milliseconds since 1970.
    pub(crate) const fn at_milliseconds(&self) -> i64 {
        self.at_milliseconds
    }

    /// The case as this writer last saw it.
    pub(crate) fn with_state<R>(&self, work: impl FnOnce(&mut State) -> R) -> R {
        // The state is replaced in one step, so a panic elsewhere cannot have left it half changed.
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Commits what `propose` makes of the case as it is at this moment, while nobody else commits; `None` commits nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of `propose`, and where the files cannot be named or written; then nothing is visible.
    pub(crate) fn commit(
        &self,
        propose: impl FnOnce(&State) -> Result<Option<Proposal>, StoreError>,
    ) -> Result<(), StoreError> {
        let _moment = CommitLock::take(&self.root)?;
        self.with_state(|state| {
            log::refresh(&self.root, state)?;
            let Some(proposal) = propose(state)? else { return Ok(()) };
            let commit = self.prepare(state.last.saturating_add(1), proposal)?;
            log::write_commit(&self.root, &self.temporary().join("commit"), &commit)?;
            let before = state.touched.clone();
            state.apply(commit.clone());
            // The commit stands. A table that cannot be published now is brought up to date by the next writer.
            let _ = delta::publish(&self.root, &self.temporary().join("version"), &before, state, &commit);
            Ok(())
        })
    }

    /// Gives the files of a proposal their names; they stay invisible until a commit names them.
    fn prepare(&self, sequence: u64, proposal: Proposal) -> Result<Commit, StoreError> {
        let mut added = Vec::with_capacity(proposal.parts.len());
        for FinishedPart { mut part, temporary } in proposal.parts {
            let path = part.name.path(&self.root);
            let folder = part.name.folder(&self.root);
            if !folder.is_dir() {
                disk::create_folder(&folder)?;
                disk::sync_folder_of(&folder)?;
            }
            disk::rename(&temporary, &path)?;
            part.commit = sequence;
            added.push(part);
        }
        sync_folders(&self.root, &added)?;
        Ok(Commit {
            sequence,
            at_milliseconds: self.at_milliseconds,
            change: proposal.change,
            added,
            removed: proposal.removed,
        })
    }

    /// Writes what all commits add up to into one file.
    pub(crate) fn write_snapshot(&self) -> Result<(), StoreError> {
        let _moment = CommitLock::take(&self.root)?;
        self.with_state(|state| {
            log::refresh(&self.root, state)?;
            log::write_snapshot(&self.root, &self.temporary().join("snapshot"), state)
        })
    }

    /// A number for a piece of evidence that no other writer has or gets.
    pub(crate) fn number_evidence(&self) -> Result<u32, StoreError> {
        let _moment = CommitLock::take(&self.root)?;
        let path = self.root.join(NUMBERS);
        let noted = disk::read_text(&path)?.and_then(|text| text.trim().parse().ok());
        let free = self.with_state(|state| {
            log::refresh(&self.root, state)?;
            Ok(first_free_number(state))
        })?;
        let number = free.max(noted.unwrap_or(0));
        // Nothing is lost when this note is: a number that no commit names is free.
        std::fs::write(&path, number.saturating_add(1).to_string()).map_err(StoreError::io("write", &path))?;
        Ok(number)
    }
}

/// One more than any number that a batch of the case has or had.
fn first_free_number(state: &State) -> u32 {
    let batches = state.batches.iter().map(|entry| entry.batch.as_str());
    let all = batches.chain(state.retired.iter().map(String::as_str));
    let numbers = all.filter_map(|batch| batch.strip_prefix('e')?.parse::<u32>().ok());
    numbers.max().unwrap_or(0).saturating_add(1)
}

fn sync_folders(root: &Path, parts: &[Part]) -> Result<(), StoreError> {
    let mut folders: Vec<PathBuf> = parts.iter().map(|part| part.name.path(root)).collect();
    folders.dedup_by(|one, other| one.parent() == other.parent());
    folders.iter().try_for_each(|path| disk::sync_folder_of(path))
}

/// Removes parts that a killed writer named and did not commit. Nobody is about to commit while the lock of commits is held.
fn sweep_parts(root: &Path, state: &State) -> Result<(), StoreError> {
    let live = state.live().map(|part| &part.name);
    let known: std::collections::BTreeSet<&PartName> =
        live.chain(state.removed.iter().map(|part| &part.name)).collect();
    for stage in Stage::ALL {
        let folder = root.join(stage.folder());
        for table in disk::names(&folder)? {
            sweep_table(&folder.join(&table), &|file| {
                let (table, file) = (table.clone(), file.to_owned());
                known.contains(&PartName { stage, table, file })
            })?;
        }
    }
    Ok(())
}

fn sweep_table(folder: &Path, is_known: &dyn Fn(&str) -> bool) -> Result<(), StoreError> {
    if !folder.is_dir() {
        // Format 1 kept derived tables as files beside each other.
        return remove(folder);
    }
    for file in disk::names(folder)? {
        if file.ends_with(".parquet") && !is_known(&file) {
            remove(&folder.join(file))?;
        }
    }
    // Format 1 kept hunting tables in folders of other names; a folder with anything in it stays.
    let _ = std::fs::remove_dir(folder);
    Ok(())
}

fn remove(path: &Path) -> Result<(), StoreError> {
    std::fs::remove_file(path).map_err(StoreError::io("remove", path))
}
