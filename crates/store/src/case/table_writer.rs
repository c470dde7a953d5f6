//! The parts of one table in one commit.

use std::path::{Path, PathBuf};

use whotalks_tables::Table;

use crate::StoreError;
use crate::log::{Part, PartName, Stage};
use crate::parts::{FinishedPart, FinishingPart, PartWriter};

/// The most rows of a part: eight row groups.
pub(crate) const PART_ROWS: u64 = 1_048_576;

/// Writes one table of one commit.
pub(crate) struct TableWriter<T: Table> {
    folder: PathBuf,
    stage: Stage,
    stem: String,
    number: u32,
    current: PartWriter<T>,
    /// The part before, which may still be on its way to the disk.
    before: Option<(FinishedPart, FinishingPart)>,
    finished: Vec<FinishedPart>,
}

impl<T: Table> TableWriter<T> {
    /// Files will lie in `folder` until they are committed; `stem` is what their names begin with from then on.
    pub(crate) fn new(folder: &Path, stage: Stage, stem: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            stage,
            stem: stem.to_owned(),
            number: 0,
            current: Self::part(folder, 0),
            before: None,
            finished: Vec::new(),
        }
    }

    fn part(folder: &Path, number: u32) -> PartWriter<T> {
        PartWriter::new(folder.join(format!("{}-{number:05}.parquet", T::NAME)))
    }

    /// How many rows the current part has.
    pub(crate) fn rows_of_part(&self) -> u64 {
        self.current.rows()
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

    /// Appends a row in its compact form, in a new part where the current one is full.
    pub(crate) fn append_packed(&mut self, row: &[u8]) -> Result<(), StoreError> {
        if self.is_full() {
            self.begin_part()?;
        }
        self.current.append_packed(row)
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
        self.end_before()?;
        let temporary = done.path().to_owned();
        let part = Part {
            name: PartName {
                stage: self.stage,
                table: T::NAME.to_owned(),
                file: format!("{}-{number:05}.parquet", self.stem),
            },
            number,
            rows,
            bytes: 0,
            batches: Vec::new(),
            commit: 0,
            replaces: None,
            times: Vec::new(),
        };
        self.before = Some((FinishedPart { part, temporary }, done.finish()?));
        Ok(())
    }

    /// Waits for the part before the current one: two are on their way at most.
    fn end_before(&mut self) -> Result<(), StoreError> {
        let Some((mut part, finishing)) = self.before.take() else {
            return Ok(());
        };
        let written = finishing.wait()?;
        part.part.bytes = written.bytes;
        part.part.times = written.times;
        self.finished.push(part);
        Ok(())
    }

    /// All parts, on the disk.
    pub(crate) fn finish(mut self) -> Result<Vec<FinishedPart>, StoreError> {
        self.begin_part()?;
        self.end_before()?;
        Ok(self.finished)
    }
}
