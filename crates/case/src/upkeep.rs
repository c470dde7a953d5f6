//! Keeping a case on disk in order.

use std::path::{Path, PathBuf};

use whotalks_evidence::Progress;
use whotalks_record::Timestamp;
use whotalks_store::{CaseStore, HuntingRows, Maintenance, Rebuild, WriterIdentity};

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
    let paths = evidence(&store)?;
    let rebuild = Rebuild::take(&store, &identity(now))?;
    let fresh = rebuild.folder();
    let report = Case::create(&fresh)?.ingest(&paths, progress, now)?;
    rebuild.replace_by(&CaseStore::open(&fresh)?)?;
    let mut case = Case::open(folder)?;
    case.is_to_be_concluded(now);
    case.conclude()?;
    Ok(report)
}

/// The files that hold the rows of each table of the case in a folder, hunting tables included; those are made where they are out of
/// date.
///
/// # Errors
/// [`CaseError::Store`] where the case cannot be read, or its hunting tables cannot be made.
pub fn files(folder: &Path, now: Timestamp) -> Result<Vec<(&'static str, Vec<PathBuf>)>, CaseError> {
    let mut case = Case::open(folder)?;
    let tables = case.hunting_tables(now)?.into_iter();
    let files = tables.filter_map(|table| match table.rows {
        HuntingRows::Files(paths) => Some((table.description.name, paths)),
        HuntingRows::Batches(_) => None,
    });
    Ok(files.collect())
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
