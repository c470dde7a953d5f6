//! Where observed records are kept: always in memory for correlation, and in the tables of a case on disk.

use rustc_hash::FxHashMap;
use whotalks_correlate::Observed;
use whotalks_record::{EvidenceId, Flow, FlowId, NameObservation, Record};
use whotalks_store::{BatchId, Begun, CaseWriter, Committed, FlowSpill, ObservedWriter, StoreError};
use whotalks_tables::EvidenceRow;

use crate::memory::Memory;

/// The two places a record can go to.
pub(crate) enum Keep<'c> {
    /// A case that lives as long as the process.
    InMemory {
        flows: &'c mut FlowSpill,
        records: &'c mut Memory,
    },
    /// A case on disk: one batch per piece of evidence.
    OnDisk {
        writer: &'c CaseWriter,
        batch: Option<Box<ObservedWriter>>,
    },
}

/// Takes the records of one run.
pub(crate) struct Destination<'c> {
    pub(crate) observed: &'c mut Observed,
    keep: Keep<'c>,
    /// Names of flows that have not ended yet; bounded by the number of open flows.
    waiting: FxHashMap<(EvidenceId, FlowId), Vec<NameObservation>>,
    /// The first failure; what comes after it is not written.
    failure: Option<StoreError>,
}

impl<'c> Destination<'c> {
    pub(crate) fn new(observed: &'c mut Observed, keep: Keep<'c>) -> Self {
        Self {
            observed,
            keep,
            waiting: FxHashMap::default(),
            failure: None,
        }
    }

    /// A piece of evidence begins.
    pub(crate) fn begin(&mut self, evidence: EvidenceId) {
        let result = match &mut self.keep {
            Keep::InMemory { .. } => Ok(()),
            Keep::OnDisk { writer, batch } => begin_batch(writer, evidence).map(|begun| *batch = begun),
        };
        self.note(result);
    }

    /// The number of the next piece: of a case on disk, one that no other writer of the case has.
    pub(crate) fn number(&mut self, next: EvidenceId) -> EvidenceId {
        let Keep::OnDisk { writer, .. } = &self.keep else {
            return next;
        };
        match writer.number_evidence() {
            Ok(number) => number.max(next),
            Err(error) => {
                self.note(Err(error));
                next
            }
        }
    }

    /// A piece of evidence has ended: its line of the manifest is kept, and its rows unless they are to be forgotten. Gives the piece
    /// that another writer has made of the same bytes meanwhile; then nothing of this one was kept.
    pub(crate) fn end(&mut self, row: &EvidenceRow, forget: bool) -> Option<EvidenceId> {
        if forget {
            self.forget(row.id);
        }
        let result = match &mut self.keep {
            Keep::InMemory { .. } => Ok(Committed::Yes),
            Keep::OnDisk { writer, batch } => commit(writer, batch, row),
        };
        let double_of = match result {
            Ok(Committed::EvidenceByAnother(double_of)) => Some(double_of),
            Ok(Committed::Yes | Committed::ByAnother) => None,
            Err(error) => {
                self.note(Err(error));
                None
            }
        };
        if double_of.is_some() {
            self.forget(row.id);
        }
        double_of
    }

    /// The line of a piece that turned out to be a double.
    pub(crate) fn end_double(&mut self, row: &EvidenceRow) {
        self.end(row, true);
    }

    /// A record, kept in memory and on disk.
    pub(crate) fn record(&mut self, record: Record) {
        match record {
            Record::Name(name) => self
                .waiting
                .entry((name.span.evidence, name.flow))
                .or_default()
                .push(name),
            Record::Flow(flow) => self.flow(flow),
            other => {
                let result = match &mut self.keep {
                    Keep::InMemory { records, .. } => records.keep(&other),
                    Keep::OnDisk { batch: Some(batch), .. } => batch.append(&other),
                    Keep::OnDisk { batch: None, .. } => Ok(()),
                };
                self.note(result);
                self.observed.file(other);
            }
        }
    }

    /// The first failure of the run.
    pub(crate) fn finish(self) -> Result<(), StoreError> {
        self.failure.map_or(Ok(()), Err)
    }

    fn flow(&mut self, flow: Flow) {
        let names = self.waiting.remove(&(flow.span.evidence, flow.id)).unwrap_or_default();
        let result = match &mut self.keep {
            Keep::InMemory { flows, .. } => flows.push(flow, names),
            Keep::OnDisk { batch: Some(batch), .. } => batch.append_flow(&flow, &names),
            Keep::OnDisk { batch: None, .. } => Ok(()),
        };
        self.note(result);
    }

    fn forget(&mut self, evidence: EvidenceId) {
        self.observed.forget(evidence);
        match &mut self.keep {
            Keep::InMemory { flows, records } => {
                flows.forget(evidence);
                records.forget(evidence);
            }
            Keep::OnDisk { batch, .. } => drop(batch.take()),
        }
    }

    fn note(&mut self, result: Result<(), StoreError>) {
        if let (Err(error), None) = (result, &self.failure) {
            self.failure = Some(error);
        }
    }
}

fn begin_batch(writer: &CaseWriter, evidence: EvidenceId) -> Result<Option<Box<ObservedWriter>>, StoreError> {
    Ok(match writer.observed(&BatchId::of_evidence(evidence))? {
        Begun::Writer(batch) => Some(Box::new(batch)),
        Begun::AlreadyCommitted => None,
    })
}

/// Pieces that were never begun, such as archives, get a batch for their line alone.
fn commit(
    writer: &CaseWriter,
    batch: &mut Option<Box<ObservedWriter>>,
    row: &EvidenceRow,
) -> Result<Committed, StoreError> {
    let begun = match batch.take() {
        Some(begun) => Some(begun),
        None => begin_batch(writer, row.id)?,
    };
    let Some(mut begun) = begun else {
        return Ok(Committed::ByAnother);
    };
    begun.append_evidence(row)?;
    begun.commit()
}
