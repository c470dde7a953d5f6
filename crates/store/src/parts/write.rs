//! Writing one Parquet file.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use parquet::arrow::ArrowWriter;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use whotalks_tables::{BatchBuilder, Table};

use super::properties;
use crate::StoreError;

/// The most rows that wait before they are encoded.
const WAITING_ROWS: usize = 4_096;

/// The most bytes of text that wait before they are encoded: rows with hostile, long texts must not pile up.
const WAITING_BYTES: usize = 2 << 20;

/// A Parquet file that is being written; it begins with its first row.
pub(crate) struct PartWriter<T: Table> {
    path: PathBuf,
    waiting: Box<dyn BatchBuilder<T::Row>>,
    open: Option<ArrowWriter<File>>,
    rows: u64,
}

impl<T: Table> PartWriter<T> {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            waiting: T::builder(),
            open: None,
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
        self.rows = self.rows.saturating_add(1);
        if self.waiting.rows() >= WAITING_ROWS || self.waiting.text_bytes() >= WAITING_BYTES {
            self.encode()?;
        }
        Ok(())
    }

    fn encode(&mut self) -> Result<(), StoreError> {
        let batch = self.waiting.finish();
        self.writer()?.write(&batch).map_err(refused(&self.path))
    }

    fn writer(&mut self) -> Result<&mut ArrowWriter<File>, StoreError> {
        let writer = match self.open.take() {
            Some(writer) => writer,
            None => self.begin()?,
        };
        Ok(self.open.insert(writer))
    }

    fn begin(&self) -> Result<ArrowWriter<File>, StoreError> {
        let create = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&self.path);
        let file = create.map_err(StoreError::io("create", &self.path))?;
        ArrowWriter::try_new(file, T::schema(), Some(properties::of::<T>())).map_err(refused(&self.path))
    }

    /// Ends the file and brings it to the disk, with a remark in its metadata; says how many bytes it has.
    pub(crate) fn finish(mut self, remark: Option<(&str, String)>) -> Result<u64, StoreError> {
        self.encode()?;
        let path = self.path;
        let Some(mut writer) = self.open else {
            return Ok(0);
        };
        if let Some((key, value)) = remark {
            writer.append_key_value_metadata(KeyValue::new(key.to_owned(), value));
        }
        let file = writer.into_inner().map_err(refused(&path))?;
        file.sync_all().map_err(StoreError::io("write", &path))?;
        let metadata = file.metadata().map_err(StoreError::io("read", &path))?;
        Ok(metadata.len())
    }
}

fn refused(path: &Path) -> impl FnOnce(ParquetError) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::WritePart { path, source }
}
