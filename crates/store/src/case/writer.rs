//! Writing a case.

use std::sync::Arc;

use whotalks_record::EvidenceId;
use whotalks_tables::Table;

use super::{DerivedWriter, ObservedWriter, Shared};
use crate::hunting::HuntingWriter;
use crate::place::Place;
use crate::{BatchId, StoreError, WriterIdentity};

/// The right to write a case. Several may have it at the same time.
#[derive(Debug)]
pub struct CaseWriter {
    shared: Arc<Shared>,
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

impl CaseWriter {
    pub(crate) fn take(place: &Place, identity: &WriterIdentity) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared::take(place, identity, false)?);
        Ok(Self { shared })
    }

    /// The name of this writer, which no other has.
    #[cfg(test)]
    pub(crate) fn name(&self) -> &str {
        self.shared.name()
    }

    /// A number for a piece of evidence that no other writer of the case has or gets.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedFile`], [`StoreError::Io`].
    pub fn number_evidence(&self) -> Result<EvidenceId, StoreError> {
        self.shared.number_evidence().map(EvidenceId)
    }

    /// Begins a batch of observed rows.
    ///
    /// # Errors
    ///
    /// [`StoreError::BatchInProgress`], [`StoreError::Io`].
    pub fn observed(&self, batch: &BatchId) -> Result<Begun, StoreError> {
        if self.shared.with_state(|state| state.knows_batch(batch.as_str())) {
            return Ok(Begun::AlreadyCommitted);
        }
        ObservedWriter::begin(&self.shared, batch).map(Begun::Writer)
    }

    /// Begins a derived table anew; the old one stays until [`DerivedWriter::commit`].
    pub fn derived<T: Table>(&self) -> DerivedWriter<T> {
        DerivedWriter::new(Arc::clone(&self.shared))
    }

    /// Begins the hunting tables anew; the old ones stay until [`HuntingWriter::commit`].
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`].
    pub fn hunting(&self) -> Result<HuntingWriter, StoreError> {
        HuntingWriter::new(Arc::clone(&self.shared))
    }
}
