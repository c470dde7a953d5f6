//! The rows that hunting queries see, and where they lie.

mod desks;
mod runs;
mod shelf;
mod sorted;

pub use desks::HuntingDesks;
pub(crate) use shelf::kept;
pub use shelf::{HuntingInMemory, HuntingWriter};

use std::path::PathBuf;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use whotalks_tables::TableDescription;

use crate::Objects;
use crate::parts::stored;

/// A hunting table of a case: what it is, and where its rows are.
#[derive(Clone, Debug)]
pub struct HuntingTable {
    /// Its name, its columns and their types.
    pub description: TableDescription,
    /// Its rows, by time; those without a time come first.
    pub rows: HuntingRows,
}

impl HuntingTable {
    /// The schema of its rows, in files and in memory.
    pub fn schema(&self) -> SchemaRef {
        stored::schema(&self.description.schema(), self.description.stage)
    }
}

/// Where the rows of a hunting table are. No file and no batch at all is a table without rows.
#[derive(Clone, Debug)]
pub enum HuntingRows {
    /// In Parquet files with [`HuntingTable::schema`], one after the other by time.
    Files(Vec<PathBuf>),
    /// In Parquet files with [`HuntingTable::schema`] in a bucket, one after the other by time.
    Objects(Objects),
    /// In memory, with [`HuntingTable::schema`], one after the other by time.
    Batches(Vec<RecordBatch>),
}
