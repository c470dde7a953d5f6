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

#[cfg(test)]
mod tests {
    use whotalks_record::{Counter, Position, Span};
    use whotalks_tables::Counters;

    use super::*;

    fn counter(number: u64) -> Counter {
        let evidence = EvidenceId(u32::try_from(number % 3).unwrap());
        Counter {
            span: Span {
                position: Position::Line(number),
                ..Span::whole(evidence)
            },
            snapshot: 0,
            section: "ipv4",
            name: "x".repeat(2_000).into(),
            value: number,
        }
    }

    #[test]
    fn rows_come_back_in_order_beyond_memory_and_without_what_was_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = RowSpill::<Counters>::new(folder.path(), |counter: &Counter| counter.span.evidence);
        let rows: Vec<Counter> = (0..5_000).map(counter).collect();
        for row in &rows {
            spill.push(row).unwrap();
        }
        assert!(spill.file.len() > 1, "it went beyond memory");
        let seen = |spill: &RowSpill<Counters>| {
            let mut seen = Vec::new();
            spill.try_visit(&mut |row| seen.push(row.clone())).unwrap();
            seen
        };
        assert!(seen(&spill) == rows);
        spill.forget(EvidenceId(1));
        let kept: Vec<Counter> = rows
            .into_iter()
            .filter(|row| row.span.evidence != EvidenceId(1))
            .collect();
        assert!(seen(&spill) == kept);
    }
}
