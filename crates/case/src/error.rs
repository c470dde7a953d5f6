//! What can go wrong with a case; what goes wrong with evidence is an issue in the manifest, never an error.

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
    /// The case on disk cannot be written or read.
    #[error(transparent)]
    Store(#[from] StoreError),
}
