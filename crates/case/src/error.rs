//! What can go wrong with a case; what goes wrong with evidence is an issue in the manifest, never an error.

use std::path::PathBuf;

use whotalks_evidence::RawError;
use whotalks_record::EvidenceId;
use whotalks_store::StoreError;

/// Why a case cannot be kept, opened or asked.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// A reference names evidence that the case does not have.
    #[error("{evidence} is no evidence of this case; `whotalks evidence` lists what there is")]
    NoSuchEvidence {
        /// The number that was asked for.
        evidence: EvidenceId,
    },
    /// The evidence behind a reference cannot be shown.
    #[error(transparent)]
    Raw(#[from] RawError),
    /// Evidence that is to be read again is no longer where it was.
    #[error(
        "{} of the case is no longer where it was; put it back, or run where its path leads to it",
        listed(paths)
    )]
    EvidenceMoved {
        /// Where it was.
        paths: Vec<PathBuf>,
    },
    /// The case on disk cannot be written or read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The first path, and how many more there are.
fn listed(paths: &[PathBuf]) -> String {
    let first = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    match paths.len() {
        0 | 1 => first,
        count => format!("{first} and {} more", count.saturating_sub(1)),
    }
}
