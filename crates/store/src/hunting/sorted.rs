//! Rows in the order of time, however many: sorted runs in a temporary file, merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::marker::PhantomData;
use std::ops::Range;
use std::path::{Path, PathBuf};

use whotalks_record::Timestamp;
use whotalks_tables::hunting::TimeSorted;

use super::runs::{RunWriter, Runs, Waiting};
use crate::StoreError;
use crate::spill::ChunkFile;

/// How many bytes of rows wait in memory before they are sorted and written as a run.
const RUN_BYTES: usize = 8 << 20;

/// What stands in front of a row in a run: whether it has a time, the time, and the length of the row.
const HEAD_BYTES: usize = 1 + size_of::<i64>() + size_of::<u64>();

/// Rows of one table, in the order of their times; rows of one time, and those without one, in the order in which they came.
pub(crate) struct SortedRows<T: TimeSorted> {
    folder: PathBuf,
    waiting: Waiting,
    /// Writes what does not fit into memory.
    writer: Option<RunWriter>,
    rows: u64,
    table: PhantomData<fn(&T)>,
}

/// A row in its compact form.
#[derive(Clone, Copy)]
pub(crate) struct SortedRow<'b> {
    /// When it happened.
    pub(crate) time: Option<Timestamp>,
    /// What [`whotalks_tables::Table::pack`] made of it.
    pub(crate) packed: &'b [u8],
}

impl<'b> SortedRow<'b> {
    /// Appends it as [`Self::first`] reads it.
    pub(super) fn put(self, chunk: &mut Vec<u8>) {
        chunk.push(u8::from(self.time.is_some()));
        chunk.extend(self.time.map_or(0, Timestamp::nanoseconds).to_le_bytes());
        chunk.extend((self.packed.len() as u64).to_le_bytes());
        chunk.extend_from_slice(self.packed);
    }

    /// The row at the head of bytes that [`Self::put`] wrote.
    fn first(bytes: &'b [u8]) -> Option<Self> {
        let ([has_time], rest) = bytes.split_first_chunk()?;
        let (time, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let time = Timestamp::from_nanoseconds(i64::from_le_bytes(*time));
        Some(Self {
            time: (*has_time != 0).then_some(time),
            packed: rest.get(..length)?,
        })
    }
}

impl<T: TimeSorted> SortedRows<T> {
    /// No rows yet; what does not fit into memory will go to a temporary file in `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            waiting: Waiting::default(),
            writer: None,
            rows: 0,
            table: PhantomData,
        }
    }

    /// How many rows were pushed.
    pub(crate) fn len(&self) -> u64 {
        self.rows
    }

    /// Adds a row. A failure to write an earlier one may be told here.
    pub(crate) fn push(&mut self, row: &T::Row) -> Result<(), StoreError> {
        self.waiting.push(T::time(row), |bytes| T::pack(row, bytes));
        self.rows = self.rows.saturating_add(1);
        if self.waiting.bytes() < RUN_BYTES {
            return Ok(());
        }
        self.write_run()
    }

    fn write_run(&mut self) -> Result<(), StoreError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => RunWriter::start(&self.folder)?,
        };
        if writer.write(&mut self.waiting) {
            self.writer = Some(writer);
            return Ok(());
        }
        writer.end().map(|_| ())
    }

    /// Gives every row to `visit`, in order.
    pub(crate) fn visit(
        mut self,
        visit: &mut dyn FnMut(SortedRow<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if self.writer.is_some() && !self.waiting.is_empty() {
            self.write_run()?;
        }
        match self.writer.take() {
            None => self.waiting.sorted().try_for_each(visit),
            Some(writer) => writer.end()?.merge(visit),
        }
    }
}

impl Runs {
    /// Gives every row of all runs to `visit`, in order.
    fn merge(&self, visit: &mut dyn FnMut(SortedRow<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut runs: Vec<Run> = self.runs.iter().cloned().map(Run::new).collect();
        let mut heads = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            if let Some(time) = run.load(&self.file)? {
                heads.push(Reverse((time, number)));
            }
        }
        // Of equal times the earlier run comes first: its rows came first.
        while let Some(mut least) = heads.peek_mut() {
            let Reverse((_, number)) = *least;
            let run = runs.get_mut(number).ok_or(StoreError::DamagedSpill)?;
            visit(run.head()?)?;
            match run.advance(&self.file)? {
                // Where the next row of the run is the least again, as with rows that came in order, nothing moves.
                Some(time) => *least = Reverse((time, number)),
                None => drop(PeekMut::pop(least)),
            }
        }
        Ok(())
    }
}

/// One run while it is read.
struct Run {
    chunks: Range<usize>,
    chunk: Vec<u8>,
    read: usize,
}

impl Run {
    fn new(chunks: Range<usize>) -> Self {
        Self {
            chunks,
            chunk: Vec::new(),
            read: 0,
        }
    }

    /// The row that is next.
    fn head(&self) -> Result<SortedRow<'_>, StoreError> {
        let rest = self.chunk.get(self.read..).unwrap_or_default();
        SortedRow::first(rest).ok_or(StoreError::DamagedSpill)
    }

    /// Goes to the next row; says its time, or none where the run has ended.
    fn advance(&mut self, file: &ChunkFile) -> Result<Option<Option<Timestamp>>, StoreError> {
        let length = HEAD_BYTES.saturating_add(self.head()?.packed.len());
        self.read = self.read.saturating_add(length);
        self.load(file)
    }

    /// Has a row at the head, out of the next chunk where this one has ended; says its time, or none where the run has ended.
    fn load(&mut self, file: &ChunkFile) -> Result<Option<Option<Timestamp>>, StoreError> {
        if self.read >= self.chunk.len() {
            let Some(next) = self.chunks.next() else {
                return Ok(None);
            };
            file.read(next, &mut self.chunk)?;
            self.read = 0;
        }
        self.head().map(|row| Some(row.time))
    }
}

#[cfg(test)]
mod tests {
    use whotalks_record::Interner;
    use whotalks_tables::Table as _;
    use whotalks_tables::hunting::{NameRow, Names};

    use super::*;

    fn row(number: i64, padding: &str) -> NameRow {
        // Times in a scattered order with many equal ones, and every seventh row without a time.
        let seconds = number.wrapping_mul(7_919).rem_euclid(1_000);
        NameRow {
            timestamp: (number % 7 != 0).then(|| Timestamp::from_seconds(seconds, 0)),
            name: Some(format!("{number}{padding}").into()),
            ..NameRow::default()
        }
    }

    fn sorted(count: i64, padding: &str) -> Vec<NameRow> {
        let folder = tempfile::tempdir().unwrap();
        let mut rows = SortedRows::<Names>::new(folder.path());
        for number in 0..count {
            rows.push(&row(number, padding)).unwrap();
        }
        assert_eq!(rows.len(), count.cast_unsigned());
        let mut seen = Vec::new();
        rows.visit(&mut |row| {
            let unpacked = Names::unpack(&mut { row.packed }, &mut Interner::default()).unwrap();
            assert_eq!(unpacked.timestamp, row.time);
            seen.push(unpacked);
            Ok(())
        })
        .unwrap();
        seen
    }

    #[test]
    fn rows_come_in_the_order_of_time_whether_or_not_they_fit_into_memory() {
        for (count, padding) in [(0, 0), (1, 0), (500, 0), (3_000, 9_000)] {
            let padding = "x".repeat(padding);
            let mut expected: Vec<NameRow> = (0..count).map(|number| row(number, &padding)).collect();
            expected.sort_by_key(|row| row.timestamp);
            assert!(
                sorted(count, &padding) == expected,
                "{count} rows of {} bytes",
                padding.len()
            );
        }
    }
}
