//! Writing one Parquet file.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::errors::ParquetError;
use whotalks_tables::{BatchBuilder, Stage, Table};

use super::encoder::{Encoder, Ending};
use super::row_groups::{Encoded, RowGroups};
use super::{properties, stored, times};
use crate::StoreError;
use crate::log::{Part, TimeRange};

/// The most rows that wait before they are encoded.
const WAITING_ROWS: usize = 4_096;

/// The most bytes of text that wait before they are encoded: rows with hostile, long texts must not pile up.
const WAITING_BYTES: usize = 2 << 20;

/// A Parquet file that is being written; it begins with its first row.
pub(crate) struct PartWriter<T: Table> {
    path: PathBuf,
    waiting: Box<dyn BatchBuilder<T::Row>>,
    schema: SchemaRef,
    encoder: Option<Encoder>,
    rows: u64,
}

impl<T: Table> PartWriter<T> {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            waiting: T::builder(),
            schema: stored::schema(&T::schema(), T::STAGE),
            encoder: None,
            rows: 0,
        }
    }

    /// How many rows were appended.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn append(&mut self, row: &T::Row) -> Result<(), StoreError> {
        self.waiting.append(row);
        self.appended()
    }

    /// Appends a row in its compact form.
    pub(crate) fn append_packed(&mut self, row: &[u8]) -> Result<(), StoreError> {
        self.waiting.append_packed(row).ok_or(StoreError::DamagedSpill)?;
        self.appended()
    }

    fn appended(&mut self) -> Result<(), StoreError> {
        self.rows = self.rows.saturating_add(1);
        if self.waiting.rows() >= WAITING_ROWS || self.waiting.text_bytes() >= WAITING_BYTES {
            self.encode()?;
        }
        Ok(())
    }

    /// Hands the rows that wait to the thread that encodes; it begins with the first ones.
    fn encode(&mut self) -> Result<(), StoreError> {
        let batch = self.waiting()?;
        let encoder = match self.encoder.take() {
            Some(encoder) => encoder,
            None => Encoder::start(self.begin()?).map_err(StoreError::io("start a thread for", &self.path))?,
        };
        if encoder.write(batch) {
            self.encoder = Some(encoder);
            return Ok(());
        }
        encoder.end().wait().map(|_| ()).map_err(refused(&self.path))
    }

    fn waiting(&mut self) -> Result<RecordBatch, StoreError> {
        let batch = stored::store(&self.waiting.finish(), &self.schema);
        batch.map_err(|error| refused(&self.path)(error.into()))
    }

    fn begin(&self) -> Result<RowGroups, StoreError> {
        let create = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&self.path);
        let file = create.map_err(StoreError::io("create", &self.path))?;
        RowGroups::begin(file, Arc::clone(&self.schema), properties::of::<T>()).map_err(refused(&self.path))
    }

    /// Ends the file, which is brought to the disk meanwhile. One with few rows is encoded here: a thread would cost more than it
    /// spares.
    pub(crate) fn finish(mut self) -> Result<FinishingPart, StoreError> {
        let ending = if self.rows == 0 {
            None
        } else if self.encoder.is_some() {
            self.encode()?;
            self.encoder.take().map(|encoder| End::Later(encoder.end()))
        } else {
            let (batch, mut writer) = (self.waiting()?, self.begin()?);
            let encoded = writer.write(&batch).and_then(|()| writer.end());
            Some(End::Now(encoded.map_err(refused(&self.path))?))
        };
        Ok(FinishingPart {
            path: self.path,
            schema: T::schema(),
            stage: T::STAGE,
            ending,
        })
    }
}

/// A file that gets no more rows.
pub(crate) struct FinishingPart {
    path: PathBuf,
    /// The columns as they are in memory.
    schema: SchemaRef,
    stage: Stage,
    ending: Option<End>,
}

/// How a file ends.
enum End {
    Now(Encoded),
    Later(Ending),
}

impl FinishingPart {
    /// Waits until the file is on the disk.
    pub(crate) fn wait(self) -> Result<Written, StoreError> {
        let encoded = match self.ending {
            None => return Ok(Written::default()),
            Some(End::Now(encoded)) => encoded,
            Some(End::Later(ending)) => ending.wait().map_err(refused(&self.path))?,
        };
        Ok(Written {
            bytes: encoded.bytes,
            times: times::of(&encoded.metadata, &self.schema, self.stage),
        })
    }
}

/// What is known of a file that was written.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// How many bytes it has.
    pub(crate) bytes: u64,
    /// The times in it.
    pub(crate) times: Vec<TimeRange>,
}

/// A finished part, still under its temporary name.
pub(crate) struct FinishedPart {
    pub(crate) part: Part,
    pub(crate) temporary: PathBuf,
}

fn refused(path: &Path) -> impl FnOnce(ParquetError) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::WritePart { path, source }
}
