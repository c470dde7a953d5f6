//! Rows of one table of a case in memory, beyond a bound in a temporary file.

use std::collections::BTreeSet;
use std::path::Path;

use whotalks_record::{EvidenceId, Interner};
use whotalks_tables::Table;

use super::ChunkFile;
use crate::StoreError;

/// How many bytes of the compact form stay in memory, and are written and read at a time.
const CHUNK_BYTES: usize = 4 << 20;

/// Rows of one table, in the order in which they came.
#[derive(Debug)]
pub struct RowSpill<T: Table> {
    file: ChunkFile,
    waiting: Vec<u8>,
    forgotten: BTreeSet<EvidenceId>,
    evidence: fn(&T::Row) -> EvidenceId,
}

impl<T: Table> RowSpill<T> {
    /// No rows yet. What does not fit into memory will go to a temporary file in `folder`; `evidence` says where a row comes
    /// from.
    pub fn new(folder: &Path, evidence: fn(&T::Row) -> EvidenceId) -> Self {
        Self {
            file: ChunkFile::new(folder),
            waiting: Vec::new(),
            forgotten: BTreeSet::new(),
            evidence,
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] where the temporary file cannot be written; the row is not lost then, but memory is not bounded any
    /// more if more rows follow.
    pub fn push(&mut self, row: &T::Row) -> Result<(), StoreError> {
        T::pack(row, &mut self.waiting);
        if self.waiting.len() < CHUNK_BYTES {
            return Ok(());
        }
        self.file.append(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    /// Leaves out what one piece of evidence said, past and future.
    pub fn forget(&mut self, evidence: EvidenceId) {
        self.forgotten.insert(evidence);
    }

    /// Gives every row to `visit`, in the order in which they were pushed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`], [`StoreError::DamagedSpill`]; the visit ends there.
    pub fn try_visit(&self, visit: &mut dyn FnMut(&T::Row)) -> Result<(), StoreError> {
        let mut texts = Interner::default();
        let mut chunk = Vec::new();
        for index in 0..self.file.len() {
            self.file.read(index, &mut chunk)?;
            self.unpack_all(&chunk, &mut texts, visit)?;
        }
        self.unpack_all(&self.waiting, &mut texts, visit)
    }

    fn unpack_all(
        &self,
        mut bytes: &[u8],
        texts: &mut Interner,
        visit: &mut dyn FnMut(&T::Row),
    ) -> Result<(), StoreError> {
        while !bytes.is_empty() {
            let row = T::unpack(&mut bytes, texts).ok_or(StoreError::DamagedSpill)?;
            if !self.forgotten.contains(&(self.evidence)(&row)) {
                visit(&row);
            }
        }
        Ok(())
    }
}
