//! The parts of one table in one batch.

use std::path::{Path, PathBuf};

use whotalks_tables::Table;

use crate::StoreError;
use crate::commits::Part;
use crate::parts::PartWriter;

/// The most rows of a part: eight row groups.
const PART_ROWS: u64 = 1_048_576;

/// A finished part, still under its temporary name.
pub(crate) struct FinishedPart {
    pub(crate) part: Part,
    pub(crate) temporary: PathBuf,
}

/// Writes one table of one batch.
pub(crate) struct TableWriter<T: Table> {
    folder: PathBuf,
    number: u32,
    current: PartWriter<T>,
    finished: Vec<FinishedPart>,
}

impl<T: Table> TableWriter<T> {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            number: 0,
            current: Self::part(folder, 0),
            finished: Vec::new(),
        }
    }

    fn part(folder: &Path, number: u32) -> PartWriter<T> {
        PartWriter::new(folder.join(format!("{}-{number:05}.parquet", T::NAME)))
    }

    /// Whether the current part has all the rows it should get.
    pub(crate) fn is_full(&self) -> bool {
        self.current.rows() >= PART_ROWS
    }

    /// Appends to the current part, however full it is.
    pub(crate) fn append_here(&mut self, row: &T::Row) -> Result<(), StoreError> {
        self.current.append(row)
    }

    /// Appends, in a new part where the current one is full.
    pub(crate) fn append(&mut self, row: &T::Row) -> Result<(), StoreError> {
        if self.is_full() {
            self.begin_part()?;
        }
        self.append_here(row)
    }

    /// Goes on with the next part; one without rows leaves its number out.
    pub(crate) fn begin_part(&mut self) -> Result<(), StoreError> {
        let next = self.number.saturating_add(1);
        let done = std::mem::replace(&mut self.current, Self::part(&self.folder, next));
        let number = std::mem::replace(&mut self.number, next);
        let rows = done.rows();
        if rows == 0 {
            return Ok(());
        }
        let temporary = done.path().to_owned();
        let bytes = done.finish(None)?;
        let part = Part {
            table: T::NAME.to_owned(),
            number,
            rows,
            bytes,
        };
        self.finished.push(FinishedPart { part, temporary });
        Ok(())
    }

    /// All parts, on the disk.
    pub(crate) fn finish(mut self) -> Result<Vec<FinishedPart>, StoreError> {
        self.begin_part()?;
        Ok(self.finished)
    }
}
