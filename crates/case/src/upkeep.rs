//! Keeping a case on disk in order.

use std::path::{Path, PathBuf};

use whotalks_evidence::Progress;
use whotalks_record::Timestamp;
use whotalks_store::{CaseStore, HuntingRows, Maintenance, Rebuild, StoreError, WriterIdentity};

pub use whotalks_store::{Compaction, Fault, Info, Retention, Retired, TableInfo, Verification};

use crate::case::PROGRAM;
use crate::{Case, CaseError, IngestReport};

/// What the case in a folder is made of.
///
/// # Errors
/// [`CaseError::Store`] where the folder is no case, or its log cannot be read.
pub fn info(folder: &Path) -> Result<Info, CaseError> {
    Ok(CaseStore::open(folder)?.info()?)
}

/// Reads every row of the case in a folder and says what is wrong with it. `progress` is told the bytes read and all bytes.
///
/// # Errors
/// [`CaseError::Store`] where the folder is no case, or its log cannot be read.
pub fn verify(folder: &Path, progress: &mut dyn Progress) -> Result<Verification, CaseError> {
    let name = folder.display().to_string();
    let mut tell = |read, all| progress.update(read, all, &name);
    Ok(CaseStore::open(folder)?.verify(&mut tell)?)
}

/// Merges small files of the case in a folder. `progress` is told the bytes merged and all bytes.
///
/// # Errors
/// [`CaseError::Store`]; then the case is as it was.
pub fn compact(folder: &Path, progress: &mut dyn Progress, now: Timestamp) -> Result<Compaction, CaseError> {
    let name = folder.display().to_string();
    let mut tell = |merged, all| progress.update(merged, all, &name);
    Ok(maintenance(folder, now)?.compact(&mut tell)?)
}

/// Takes old evidence out of the case in a folder.
///
/// # Errors
/// [`CaseError::Store`]; then the case is as it was.
pub fn retain(folder: &Path, retention: Retention, now: Timestamp) -> Result<Retired, CaseError> {
    Ok(maintenance(folder, now)?.retain(retention)?)
}

/// Reads all evidence of the case in a folder again, as this version reads it. Pieces are numbered anew.
///
/// # Errors
/// [`CaseError::EvidenceMoved`] where evidence is no longer where it was, [`CaseError::Store`] where somebody is writing, or the case
/// cannot be written; then the case is as it was.
pub fn rebuild(folder: &Path, progress: &mut dyn Progress, now: Timestamp) -> Result<IngestReport, CaseError> {
    let store = CaseStore::open(folder)?;
    let rebuild = Rebuild::take(&store, &identity(now))?;
    let paths = evidence(&store)?;
    let fresh = rebuild.folder();
    let report = Case::create(&fresh)?.ingest(&paths, progress, now)?;
    rebuild.replace_by(&CaseStore::open(&fresh)?)?;
    let mut case = Case::open(folder)?;
    case.is_to_be_concluded(now);
    case.conclude()?;
    Ok(report)
}

/// A table of a case, and the files that hold its rows.
pub struct TableFiles {
    /// The table.
    pub table: &'static str,
    files: HuntingRows,
}

impl TableFiles {
    /// How many files.
    pub fn count(&self) -> usize {
        match &self.files {
            HuntingRows::Files(paths) => paths.len(),
            HuntingRows::Objects(objects) => objects.files().len(),
            HuntingRows::Batches(_) => 0,
        }
    }

    /// Copies one of the files to a path; says how many bytes it has.
    ///
    /// # Errors
    /// [`CaseError::Store`] where it cannot be read, or the path cannot be written.
    pub fn copy(&self, number: usize, target: &Path) -> Result<u64, CaseError> {
        let copied = match &self.files {
            HuntingRows::Files(paths) => paths.get(number).map(|path| copy(path, target)),
            HuntingRows::Objects(objects) => objects.files().get(number).map(|(name, _)| objects.copy(name, target)),
            HuntingRows::Batches(_) => None,
        };
        Ok(copied.transpose()?.unwrap_or(0))
    }
}

fn copy(path: &Path, target: &Path) -> Result<u64, StoreError> {
    std::fs::copy(path, target).map_err(|source| StoreError::Io {
        action: "write",
        path: target.to_owned(),
        source,
    })
}

/// The files that hold the rows of each hunting table of the case in a folder; they are made where they are out of date.
///
/// # Errors
/// [`CaseError::Store`] where the case cannot be read, or its hunting tables cannot be made.
pub fn files(folder: &Path, now: Timestamp) -> Result<Vec<TableFiles>, CaseError> {
    let mut case = Case::open(folder)?;
    let tables = case.hunting_tables(now)?.into_iter();
    let files = tables.map(|table| TableFiles {
        table: table.description.name,
        files: table.rows,
    });
    Ok(files.filter(|table| table.count() > 0).collect())
}

/// The paths of everything that was handed in.
fn evidence(store: &CaseStore) -> Result<Vec<PathBuf>, CaseError> {
    let rows = store.reader()?.evidence()?;
    let outermost = rows.iter().filter(|row| row.container.is_none());
    let paths: Vec<PathBuf> = outermost.map(|row| PathBuf::from(&*row.path)).collect();
    let gone = |path: &&PathBuf| path.symlink_metadata().is_err();
    let missing: Vec<PathBuf> = paths.iter().filter(gone).cloned().collect();
    match missing.is_empty() {
        true => Ok(paths),
        false => Err(CaseError::EvidenceMoved { paths: missing }),
    }
}

fn maintenance(folder: &Path, now: Timestamp) -> Result<Maintenance, CaseError> {
    Ok(CaseStore::open(folder)?.maintenance(&identity(now))?)
}

fn identity(now: Timestamp) -> WriterIdentity {
    WriterIdentity::this_process(PROGRAM, now)
}
