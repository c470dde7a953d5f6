//! One batch of observed rows.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use whotalks_record::{EvidenceId, Flow, NameObservation, Record};
use whotalks_tables::EvidenceRow;

use super::desks::Desks;
use super::shared::{Proposal, Shared};
use crate::log::{Change, State};
use crate::parts::FinishedPart;
use crate::{BatchId, StoreError};

/// Writes one batch of observed rows. Nothing is visible before [`ObservedWriter::commit`]; dropping it discards the batch.
pub struct ObservedWriter {
    shared: Arc<Shared>,
    batch: BatchId,
    folder: PathBuf,
    desks: Option<Desks>,
    manifest: Manifest,
}

/// What the lines of the manifest in a batch say about its evidence.
#[derive(Debug, Default)]
enum Manifest {
    /// Nothing yet.
    #[default]
    Empty,
    /// The digest of the one piece; none where it has no rows of its own.
    One(Option<String>),
    /// There are several.
    Several,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// It is in the case.
    Yes,
    /// Another writer has committed the same batch meanwhile; it is in the case once.
    ByAnother,
    /// Another writer has committed the same evidence under another number meanwhile; it is in the case once, under that one.
    EvidenceByAnother(EvidenceId),
}

impl ObservedWriter {
    pub(crate) fn begin(shared: &Arc<Shared>, batch: &BatchId) -> Result<Self, StoreError> {
        let folder = shared.temporary().join(batch.as_str());
        match fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let batch = batch.to_string();
                return Err(StoreError::BatchInProgress { batch });
            }
            Err(error) => return Err(StoreError::io("create", &folder)(error)),
        }
        Ok(Self {
            shared: Arc::clone(shared),
            batch: batch.clone(),
            desks: Some(Desks::new(&folder, &format!("{batch}-{}", shared.name()))),
            folder,
            manifest: Manifest::Empty,
        })
    }

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
        self.manifest = match self.manifest {
            Manifest::Empty => Manifest::One(own_digest(row)),
            Manifest::One(_) | Manifest::Several => Manifest::Several,
        };
        self.with_desks(|desks| desks.evidence(row))
    }

    fn with_desks(&mut self, work: impl FnOnce(&mut Desks) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.desks.as_mut().map_or(Ok(()), work)
    }

    /// Makes the batch visible, as a whole and for good, unless somebody else has committed the same meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError::WritePart`], [`StoreError::Io`]; then nothing of the batch is visible.
    pub fn commit(mut self) -> Result<Committed, StoreError> {
        let parts = self.desks.take().map_or_else(|| Ok(Vec::new()), Desks::finish)?;
        let sha256 = match std::mem::take(&mut self.manifest) {
            Manifest::One(digest) => digest,
            Manifest::Empty | Manifest::Several => None,
        };
        let parts = self.of_batch(parts);
        let mut committed = Committed::Yes;
        self.shared.commit(parts, &mut |state| {
            committed = self.already(state, sha256.as_deref());
            Ok((committed == Committed::Yes).then(|| self.proposal(sha256.clone())))
        })?;
        Ok(committed)
    }

    /// Whether the case has the same already.
    fn already(&self, state: &State, sha256: Option<&str>) -> Committed {
        if state.knows_batch(self.batch.as_str()) {
            return Committed::ByAnother;
        }
        let same = sha256.and_then(|sha256| state.batch_of_digest(sha256));
        let evidence = same.and_then(|batch| batch.strip_prefix('e')?.parse().ok());
        evidence.map_or(Committed::Yes, |number| {
            Committed::EvidenceByAnother(EvidenceId(number))
        })
    }

    fn of_batch(&self, mut parts: Vec<FinishedPart>) -> Vec<FinishedPart> {
        for finished in &mut parts {
            finished.part.batches = vec![self.batch.to_string()];
        }
        parts
    }

    fn proposal(&self, sha256: Option<String>) -> Proposal {
        let batch = self.batch.to_string();
        Proposal {
            change: Change::Observed { batch, sha256 },
            removed: Vec::new(),
        }
    }
}

/// The digest of a piece that is not itself a double.
fn own_digest(row: &EvidenceRow) -> Option<String> {
    let digest = row.sha256.as_ref().filter(|_| row.duplicate_of.is_none())?;
    Some(digest.to_string())
}

impl Drop for ObservedWriter {
    /// Takes the temporary files away; what stays behind is swept by the next writer.
    fn drop(&mut self) {
        self.desks = None;
        let _ = fs::remove_dir_all(&self.folder);
    }
}
