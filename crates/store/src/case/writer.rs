//! Writing a case.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use whotalks_record::{Flow, NameObservation, Record};
use whotalks_tables::{EvidenceRow, Table};

use super::DerivedWriter;
use super::desks::Desks;
use super::store::TEMPORARY;
use super::table_writer::FinishedPart;
use crate::commits::{self, Commit};
use crate::hunting::HuntingWriter;
use crate::lock::WriteLock;
use crate::{BatchId, StoreError, WriterIdentity, disk};

/// The right to write a case.
#[derive(Debug)]
pub struct CaseWriter {
    shared: Arc<Shared>,
}

/// What all writers of a case share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) root: PathBuf,
    _lock: WriteLock,
    committed: Mutex<Committed>,
}

/// What is committed so far.
#[derive(Debug)]
struct Committed {
    last: u64,
    batches: BTreeSet<BatchId>,
}

/// The answer to beginning a batch.
#[expect(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is taken apart at once"
)]
pub enum Begun {
    /// It can be written.
    Writer(ObservedWriter),
    /// It is in the case already; there is nothing to do.
    AlreadyCommitted,
}

/// Writes one batch of observed rows. Nothing is visible before [`ObservedWriter::commit`]; dropping it discards the batch.
pub struct ObservedWriter {
    shared: Arc<Shared>,
    batch: BatchId,
    folder: PathBuf,
    desks: Option<Desks>,
}

impl CaseWriter {
    pub(crate) fn take(root: &Path, identity: &WriterIdentity) -> Result<Self, StoreError> {
        let temporary = root.join(TEMPORARY);
        disk::create_folder(&temporary)?;
        let lock = WriteLock::take(root, &temporary.join("writer.toml"), identity)?;
        let commits = commits::read_all(root)?;
        sweep(root, &commits)?;
        let committed = Committed {
            last: commits.last().map_or(0, |commit| commit.sequence),
            batches: commits.into_iter().map(|commit| commit.batch).collect(),
        };
        Ok(Self {
            shared: Arc::new(Shared {
                root: root.to_owned(),
                _lock: lock,
                committed: Mutex::new(committed),
            }),
        })
    }

    /// Begins a batch of observed rows.
    ///
    /// # Errors
    ///
    /// [`StoreError::BatchInProgress`], [`StoreError::Io`].
    pub fn observed(&self, batch: &BatchId) -> Result<Begun, StoreError> {
        if self
            .shared
            .with_committed(|committed| committed.batches.contains(batch))
        {
            return Ok(Begun::AlreadyCommitted);
        }
        let folder = self.shared.root.join(TEMPORARY).join(batch.as_str());
        match fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let batch = batch.to_string();
                return Err(StoreError::BatchInProgress { batch });
            }
            Err(error) => return Err(StoreError::io("create", &folder)(error)),
        }
        Ok(Begun::Writer(ObservedWriter {
            shared: Arc::clone(&self.shared),
            batch: batch.clone(),
            desks: Some(Desks::new(&folder)),
            folder,
        }))
    }

    /// Begins a derived table anew; the old one stays until [`DerivedWriter::commit`].
    pub fn derived<T: Table>(&self) -> DerivedWriter<T> {
        let commit = self.shared.with_committed(|committed| committed.last);
        DerivedWriter::new(Arc::clone(&self.shared), commit)
    }

    /// Begins the hunting tables anew; the old ones stay until [`HuntingWriter::commit`].
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`].
    pub fn hunting(&self) -> Result<HuntingWriter, StoreError> {
        let commit = self.shared.with_committed(|committed| committed.last);
        let temporary = self.shared.root.join(TEMPORARY);
        HuntingWriter::new(Arc::clone(&self.shared), commit, &temporary)
    }
}

impl Shared {
    fn with_committed<R>(&self, work: impl FnOnce(&mut Committed) -> R) -> R {
        // The set is changed in one step, so a panic elsewhere cannot have left it half changed.
        work(&mut self.committed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ObservedWriter {
    /// Appends a record. A [`Record::Name`] must follow its flow: readers join the two by their order.
    ///
    /// # Errors
    ///
    /// [`StoreError::NameWithoutFlow`], [`StoreError::WritePart`], [`StoreError::Io`].
    pub fn append(&mut self, record: &Record) -> Result<(), StoreError> {
        self.with_desks(|desks| desks.record(record))
    }

    /// Appends a flow and the names that travelled in it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NameWithoutFlow`] for a name of another flow; [`StoreError::WritePart`], [`StoreError::Io`].
    pub fn append_flow(&mut self, flow: &Flow, names: &[NameObservation]) -> Result<(), StoreError> {
        self.with_desks(|desks| desks.flow(flow, names))
    }

    /// Appends a line of the manifest.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`].
    pub fn append_evidence(&mut self, row: &EvidenceRow) -> Result<(), StoreError> {
        self.with_desks(|desks| desks.evidence(row))
    }

    fn with_desks(&mut self, work: impl FnOnce(&mut Desks) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.desks.as_mut().map_or(Ok(()), work)
    }

    /// Makes the batch visible, as a whole and for good.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`]; then nothing of the batch is visible.
    pub fn commit(mut self) -> Result<(), StoreError> {
        let parts = self.desks.take().map_or_else(|| Ok(Vec::new()), Desks::finish)?;
        for finished in &parts {
            self.publish(finished)?;
        }
        let temporary = self.folder.join("commit.toml");
        let (root, batch) = (&self.shared.root, &self.batch);
        self.shared.with_committed(|committed| {
            let commit = Commit {
                sequence: committed.last.saturating_add(1),
                batch: batch.clone(),
                parts: parts.into_iter().map(|finished| finished.part).collect(),
            };
            let sequence = commit.sequence;
            commits::write(root, &temporary, commit)?;
            committed.last = sequence;
            committed.batches.insert(batch.clone());
            Ok(())
        })
    }

    /// Gives a part its name; it stays invisible until a commit names it.
    fn publish(&self, finished: &FinishedPart) -> Result<(), StoreError> {
        let part = &finished.part;
        let path = commits::part_path(&self.shared.root, &part.table, &self.batch, part.number);
        if let Some(folder) = path.parent() {
            disk::create_folder(folder)?;
            disk::sync_folder_of(folder)?;
        }
        disk::rename(&finished.temporary, &path)?;
        disk::sync_folder_of(&path)
    }
}

impl Drop for ObservedWriter {
    /// Takes the temporary files away; what stays behind is swept by the next writer.
    fn drop(&mut self) {
        self.desks = None;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes what a killed writer left: temporary files, and parts that no commit names.
fn sweep(root: &Path, commits: &[Commit]) -> Result<(), StoreError> {
    let temporary = root.join(TEMPORARY);
    for name in disk::names(&temporary)? {
        let path = temporary.join(name);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.map_err(StoreError::io("remove", &path))?;
    }
    let committed: BTreeSet<PathBuf> = commits
        .iter()
        .flat_map(|commit| commit.parts.iter().map(move |part| (commit, part)))
        .map(|(commit, part)| commits::part_path(root, &part.table, &commit.batch, part.number))
        .collect();
    let observed = root.join("observed");
    for table in disk::names(&observed)? {
        sweep_table(&observed.join(table), &committed)?;
    }
    Ok(())
}

fn sweep_table(folder: &Path, committed: &BTreeSet<PathBuf>) -> Result<(), StoreError> {
    let paths = disk::names(folder)?.into_iter().map(|name| folder.join(name));
    let is_part = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "parquet");
    for path in paths.filter(is_part).filter(|path| !committed.contains(path)) {
        fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
    }
    Ok(())
}
