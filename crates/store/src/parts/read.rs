//! Reading Parquet files row by row.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::vec;

use arrow_array::{Array as _, Int64Array, RecordBatch};
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use whotalks_record::Interner;
use whotalks_tables::Table;

use super::stored;
use crate::StoreError;
use crate::log::Part;
use crate::place::Place;

/// How many rows are decoded at a time.
const ROWS_AT_A_TIME: usize = 4_096;

/// The column of every observed table that says which evidence a row is from.
const EVIDENCE_COLUMN: &str = "EvidenceId";

/// A part that was committed.
#[derive(Clone, Debug)]
pub(crate) struct PartFile {
    place: Place,
    name: String,
    /// Where it lies, for people.
    pub(crate) path: PathBuf,
    /// How many bytes were committed.
    bytes: u64,
}

impl PartFile {
    /// A part of the case in a place.
    pub(crate) fn of(place: &Place, part: &Part) -> Self {
        let name = part.name.name();
        Self {
            path: place.path(&name),
            place: place.clone(),
            name,
            bytes: part.bytes,
        }
    }
}

/// The rows of one file.
pub(crate) struct PartRows<T: Table> {
    path: PathBuf,
    batches: ParquetRecordBatchReader,
    rows: vec::IntoIter<T::Row>,
    texts: Interner,
    left_out: BTreeSet<i64>,
    native: SchemaRef,
}

impl<T: Table> PartRows<T> {
    pub(crate) fn open(part: &PartFile) -> Result<Self, StoreError> {
        Self::open_without(part, &BTreeSet::new())
    }

    /// The rows but those of some pieces of evidence.
    pub(crate) fn open_without(part: &PartFile, left_out: &BTreeSet<i64>) -> Result<Self, StoreError> {
        let builder = open(part)?;
        let batches = builder.with_batch_size(ROWS_AT_A_TIME).build();
        Ok(Self {
            batches: batches.map_err(unreadable(&part.path))?,
            path: part.path.clone(),
            rows: Vec::new().into_iter(),
            texts: Interner::default(),
            left_out: left_out.clone(),
            native: T::schema(),
        })
    }

    /// The next row; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<T::Row>, StoreError> {
        loop {
            if let Some(row) = self.rows.next() {
                return Ok(Some(row));
            }
            let Some(batch) = self.batches.next() else {
                return Ok(None);
            };
            let batch = batch.and_then(|batch| stored::restore(&batch, &self.native));
            let batch = batch.map_err(|error| unreadable(&self.path)(error.into()))?;
            let rows = T::rows(&batch, &mut self.texts).map_err(|source| StoreError::WrongTable {
                path: self.path.clone(),
                source,
            })?;
            self.rows = self.kept(&batch, rows).into_iter();
        }
    }

    fn kept(&self, batch: &RecordBatch, rows: Vec<T::Row>) -> Vec<T::Row> {
        let evidence = batch.column_by_name(EVIDENCE_COLUMN);
        let evidence = evidence.and_then(|column| column.as_any().downcast_ref::<Int64Array>());
        match evidence.filter(|_| !self.left_out.is_empty()) {
            None => rows,
            Some(evidence) => {
                let rows = rows.into_iter().zip(evidence.values());
                rows.filter(|(_, evidence)| !self.left_out.contains(evidence))
                    .map(|(row, _)| row)
                    .collect()
            }
        }
    }
}

/// Opens a file and checks that it is as long as it was committed.
pub(crate) fn open(part: &PartFile) -> Result<ParquetRecordBatchReaderBuilder<File>, StoreError> {
    let (file, found) = part
        .place
        .open(&part.name, part.bytes)?
        .ok_or_else(|| changed(part, 0))?;
    if found != part.bytes {
        return Err(changed(part, found));
    }
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(unreadable(&part.path))
}

fn changed(part: &PartFile, found: u64) -> StoreError {
    StoreError::ChangedPart {
        path: part.path.clone(),
        committed: part.bytes,
        found,
    }
}

fn unreadable(path: &Path) -> impl FnOnce(ParquetError) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::DamagedPart { path, source }
}

/// The rows of a table, part by part in the order of commits, a few thousand in memory at a time. A part that cannot be
/// read gives one error in its place, and the parts after it are still read.
pub struct Rows<T: Table> {
    parts: VecDeque<PartFile>,
    current: Option<PartRows<T>>,
}

impl<T: Table> Rows<T> {
    pub(crate) fn new(parts: impl IntoIterator<Item = PartFile>) -> Self {
        Self {
            parts: parts.into_iter().collect(),
            current: None,
        }
    }

    fn advance(&mut self) -> Result<Option<T::Row>, StoreError> {
        loop {
            let mut part = match self.current.take() {
                Some(part) => part,
                None => match self.parts.pop_front() {
                    Some(part) => PartRows::open(&part)?,
                    None => return Ok(None),
                },
            };
            if let Some(row) = part.next()? {
                self.current = Some(part);
                return Ok(Some(row));
            }
        }
    }
}

impl<T: Table> Iterator for Rows<T> {
    type Item = Result<T::Row, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance().transpose()
    }
}
