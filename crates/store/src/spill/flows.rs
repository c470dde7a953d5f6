//! Flows of a case in memory, beyond a bound in a temporary file.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use whotalks_correlate::FlowStream;
use whotalks_record::{EvidenceId, Flow, Interner, NameObservation};
use whotalks_tables::{FlowNames, Flows, Table};

use super::ChunkFile;
use crate::StoreError;

/// How many bytes are written and read at a time: large enough that the system calls do not count, small beside the flows
/// in memory.
const CHUNK_BYTES: usize = 1 << 20;

/// Flows with their names, in the order in which they came.
#[derive(Debug)]
pub struct FlowSpill {
    in_memory: Vec<(Flow, Vec<NameObservation>)>,
    most_in_memory: usize,
    file: ChunkFile,
    waiting: Vec<u8>,
    count: u64,
    forgotten: BTreeSet<EvidenceId>,
    failure: Mutex<Option<StoreError>>,
}

impl FlowSpill {
    /// How many flows stay in memory unless told otherwise: about 100 MB.
    pub const MOST_IN_MEMORY: usize = 200_000;

    /// No flows yet. The first `most_in_memory` will stay in memory; the rest goes to a temporary file in `folder`, which
    /// is made when it is needed.
    pub fn new(folder: &Path, most_in_memory: usize) -> Self {
        Self {
            in_memory: Vec::new(),
            most_in_memory,
            file: ChunkFile::new(folder),
            waiting: Vec::new(),
            count: 0,
            forgotten: BTreeSet::new(),
            failure: Mutex::new(None),
        }
    }

    /// Adds a flow and the names that travelled in it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] where the temporary file cannot be written; the flow is not lost then, but memory is not bounded
    /// any more if more flows follow.
    pub fn push(&mut self, flow: Flow, names: Vec<NameObservation>) -> Result<(), StoreError> {
        self.count = self.count.saturating_add(1);
        if self.in_memory.len() < self.most_in_memory {
            self.in_memory.push((flow, names));
            return Ok(());
        }
        pack(&flow, &names, &mut self.waiting);
        if self.waiting.len() < CHUNK_BYTES {
            return Ok(());
        }
        self.file.append(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    /// How many flows were pushed, forgotten ones included.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether no flow was pushed.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Leaves out what one piece of evidence said, past and future.
    pub fn forget(&mut self, evidence: EvidenceId) {
        self.forgotten.insert(evidence);
    }

    /// Gives every flow with its names to `visit`, in the order in which they were pushed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`], [`StoreError::DamagedSpill`]; the visit ends there.
    pub fn try_visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) -> Result<(), StoreError> {
        let mut visit = |flow: &Flow, names: &[NameObservation]| {
            if !self.forgotten.contains(&flow.span.evidence) {
                visit(flow, names);
            }
        };
        for (flow, names) in &self.in_memory {
            visit(flow, names);
        }
        let mut texts = Interner::default();
        let mut chunk = Vec::new();
        for index in 0..self.file.len() {
            self.file.read(index, &mut chunk)?;
            unpack_all(&chunk, &mut texts, &mut visit)?;
        }
        unpack_all(&self.waiting, &mut texts, &mut visit)
    }

    /// Why the last [`FlowStream::visit`] that failed ended early; to be asked after every pass.
    pub fn take_failure(&self) -> Option<StoreError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl FlowStream for FlowSpill {
    /// A stream has no way to fail; see [`FlowSpill::take_failure`].
    fn visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) {
        if let Err(failure) = self.try_visit(visit) {
            *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
        }
    }
}

fn pack(flow: &Flow, names: &[NameObservation], bytes: &mut Vec<u8>) {
    Flows::pack(flow, bytes);
    for name in names {
        bytes.push(1);
        FlowNames::pack(name, bytes);
    }
    bytes.push(0);
}

fn unpack_all(
    mut bytes: &[u8],
    texts: &mut Interner,
    visit: &mut dyn FnMut(&Flow, &[NameObservation]),
) -> Result<(), StoreError> {
    let mut names = Vec::new();
    while !bytes.is_empty() {
        let flow = unpack(&mut bytes, texts, &mut names).ok_or(StoreError::DamagedSpill)?;
        visit(&flow, &names);
    }
    Ok(())
}

fn unpack(bytes: &mut &[u8], texts: &mut Interner, names: &mut Vec<NameObservation>) -> Option<Flow> {
    names.clear();
    let flow = Flows::unpack(bytes, texts)?;
    loop {
        let (more, rest) = bytes.split_first()?;
        *bytes = rest;
        if *more == 0 {
            return Some(flow);
        }
        names.push(FlowNames::unpack(bytes, texts)?);
    }
}
