//! Tables whose rows a plan brings along, and tables whose files lie elsewhere; Parquet files of this computer go by their paths.

use std::any::Any;
use std::io::Cursor;
use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::arrow::ipc::reader::StreamReader;
use datafusion::arrow::ipc::writer::StreamWriter;
use datafusion::catalog::TableProvider;
use datafusion::common::plan_datafusion_err;
use datafusion::datasource::MemTable;
use datafusion::error::Result;
use serde::{Deserialize, Serialize};

use super::{Surroundings, read, written};
use crate::remote::{RemoteFiles, RemoteTable};

const TABLE: &str = "a table";

/// The first byte of what is written: an Arrow stream follows.
const HELD: u8 = 0;
/// The first byte of what is written: names of files follow.
const REMOTE: u8 = 1;

/// Files that lie elsewhere.
#[derive(Debug, Serialize, Deserialize)]
struct WrittenFiles {
    place: String,
    files: Vec<(String, u64)>,
}

/// A table as bytes; none of one that the engine writes itself.
pub fn write_table(table: &dyn TableProvider) -> Result<Option<Vec<u8>>> {
    let any: &dyn Any = table;
    if let Some(held) = any.downcast_ref::<MemTable>() {
        return held_rows(held).map(Some);
    }
    let Some(remote) = any.downcast_ref::<RemoteTable>() else {
        return Ok(None);
    };
    let RemoteFiles { name, files, .. } = remote.files();
    let files = WrittenFiles {
        place: name.clone(),
        files: files.clone(),
    };
    let mut bytes = vec![REMOTE];
    bytes.extend(written(TABLE, &files)?);
    Ok(Some(bytes))
}

/// The table of bytes, whose columns have this schema.
pub fn read_table(bytes: &[u8], schema: SchemaRef, here: &dyn Surroundings) -> Result<Arc<dyn TableProvider>> {
    match bytes.split_first() {
        Some((&HELD, rows)) => Ok(Arc::new(rows_held(rows)?)),
        Some((&REMOTE, files)) => Ok(Arc::new(remote(read(TABLE, files)?, schema, here)?)),
        _ => Err(plan_datafusion_err!(
            "{TABLE} of a plan cannot be read: it is of no known kind"
        )),
    }
}

fn held_rows(table: &MemTable) -> Result<Vec<u8>> {
    let mut bytes = vec![HELD];
    let mut stream = StreamWriter::try_new(&mut bytes, &table.schema())?;
    for part in &table.batches {
        // Nobody adds rows to a table of ours once a plan reads it.
        let part = part.try_read();
        let part = part.map_err(|_| plan_datafusion_err!("rows of a plan are being changed"))?;
        part.iter().try_for_each(|batch| stream.write(batch))?;
    }
    stream.finish()?;
    drop(stream);
    Ok(bytes)
}

fn rows_held(bytes: &[u8]) -> Result<MemTable> {
    let stream = StreamReader::try_new(Cursor::new(bytes), None)?;
    let schema: Arc<Schema> = stream.schema();
    let batches = stream.collect::<std::result::Result<Vec<RecordBatch>, _>>()?;
    MemTable::try_new(schema, vec![batches])
}

fn remote(written: WrittenFiles, schema: SchemaRef, here: &dyn Surroundings) -> Result<RemoteTable> {
    let WrittenFiles { place, files } = written;
    let read = here.reader(&place);
    let read = read.ok_or_else(|| plan_datafusion_err!("files of a plan lie in {place}, which is not known here"))?;
    let files = RemoteFiles {
        name: place,
        files,
        read,
    };
    RemoteTable::new(files, schema).map_err(|error| plan_datafusion_err!("{TABLE} of a plan: {error}"))
}
