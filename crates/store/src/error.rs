//! What can go wrong with a case.

use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;
use whotalks_record::{EvidenceId, FlowId};
use whotalks_tables::TableError;

use crate::{ObjectError, WriterIdentity};

/// Why a case could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("cannot {action} {}: {source}; check permissions and free space", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The folder is no case.
    #[error("{} is no case: it has no case.toml; name the folder of a case, or create one there", path.display())]
    NotACase {
        /// The folder.
        path: PathBuf,
    },
    /// A case cannot be created there.
    #[error("{} is not an empty folder; open it as a case, or name another folder", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A newer version wrote the case.
    #[error(
        "{} has format {format}, this version reads formats up to {}; use whotalks {needs} or later",
        path.display(),
        crate::FORMAT
    )]
    NewerFormat {
        /// Its `case.toml`.
        path: PathBuf,
        /// Its format.
        format: u32,
        /// The version that reads it, as its writer says.
        needs: String,
    },
    /// A small file of the case is damaged.
    #[error("{} is damaged: {reason}; restore it from a copy, or rebuild the case from its evidence", path.display())]
    DamagedFile {
        /// The file.
        path: PathBuf,
        /// Where and why, in the words of the parser.
        reason: String,
    },
    /// A part of a table is damaged.
    #[error("{} cannot be read: {source}; rebuild the case from its evidence", path.display())]
    DamagedPart {
        /// The part.
        path: PathBuf,
        /// The reason, in the words of the Parquet library.
        source: ParquetError,
    },
    /// A part is missing or not as long as it was when it was committed.
    #[error(
        "{} has {found} bytes where {committed} were committed; it was cut or changed: rebuild the case from its evidence",
        path.display()
    )]
    ChangedPart {
        /// The part.
        path: PathBuf,
        /// Its length when it was committed.
        committed: u64,
        /// Its length now; 0 where it is gone.
        found: u64,
    },
    /// A part does not hold the table that it should.
    #[error("{} does not hold its table: {source}", path.display())]
    WrongTable {
        /// The part.
        path: PathBuf,
        /// What is wrong.
        source: TableError,
    },
    /// A part could not be written.
    #[error("cannot write {}: {source}; check free space", path.display())]
    WritePart {
        /// The part.
        path: PathBuf,
        /// The reason, in the words of the Parquet library.
        source: ParquetError,
    },
    /// Somebody else is writing.
    #[error("{} is being written by {}; wait until it is done", path.display(), writer_text(writer.as_ref()))]
    BeingWritten {
        /// The case.
        path: PathBuf,
        /// Who and since when, where that can be read.
        writer: Option<WriterIdentity>,
    },
    /// A batch identifier that is no file name everywhere.
    #[error("{text:?} is no batch identifier: use 1 to 64 of a-z, 0-9 and hyphen, not at either end")]
    BadBatchId {
        /// What was given.
        text: String,
    },
    /// The same batch is being written by this process.
    #[error("batch {batch} is already being written; finish it first")]
    BatchInProgress {
        /// The batch.
        batch: String,
    },
    /// A name was appended that is not of the flow appended before it.
    #[error("a name of flow {} in {evidence} was appended without its flow before it", flow.0)]
    NameWithoutFlow {
        /// The evidence.
        evidence: EvidenceId,
        /// The flow that the name belongs to.
        flow: FlowId,
    },
    /// A bucket could not be used.
    #[error(transparent)]
    Object(Box<ObjectError>),
    /// In a bucket, others have always committed first.
    #[error("{} is being written by many at once, and others were always first; run again: nothing is stored twice", path.display())]
    Crowded {
        /// The case.
        path: PathBuf,
    },
    /// In a bucket, the case was rebuilt since this writer began, or added to while it was rebuilt, or this writer was taken for dead.
    #[error("{} was changed by somebody else so that what was read since does not fit any more; nothing of it was stored: run again", path.display())]
    Overtaken {
        /// The case.
        path: PathBuf,
    },
    /// What was put into the temporary file does not come back.
    #[error(
        "the temporary file of flows was changed or cut while in use; run again, with another folder for temporary files"
    )]
    DamagedSpill,
}

fn writer_text(writer: Option<&WriterIdentity>) -> String {
    writer.map_or_else(|| "another process".to_owned(), ToString::to_string)
}

impl From<ObjectError> for StoreError {
    fn from(error: ObjectError) -> Self {
        Self::Object(Box::new(error))
    }
}

impl StoreError {
    /// Makes an error of the operating system one of ours.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}
