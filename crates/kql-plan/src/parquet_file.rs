//! An answer as a Parquet file.
//!
//! | Kusto type | lies in the file as |
//! |---|---|
//! | `bool`, `int`, `long`, `real`, `decimal`, `string` | the type of that name |
//! | `datetime` | a timestamp in nanoseconds, UTC |
//! | `timespan` | a whole number: ticks of 100 ns, since Parquet has no length of time |
//! | `guid` | its text |
//! | `dynamic` | JSON |

use std::io::Write;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, StringBuilder, TimestampNanosecondArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::WriterProperties;
use whotalks_kql_values::{DateTime, KustoType, Value, convert};

use crate::physical::{ColumnReader, data_type};
use crate::{Answer, Column};

/// Nanoseconds of a tick.
const NANOSECONDS_PER_TICK: i64 = 100;

/// Why an answer cannot be written as Parquet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParquetFailure {
    /// A time before 1677 or after 2262, which a timestamp in nanoseconds cannot hold.
    #[error("`{column}` holds {time}, which no timestamp in nanoseconds can hold")]
    Time {
        /// The column.
        column: String,
        /// The time.
        time: String,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] ParquetError),
    /// A column does not have the type that it was said to have: a fault of whotalks.
    #[error(transparent)]
    Columns(#[from] ArrowError),
}

impl Answer {
    /// Writes at most so many rows as a Parquet file.
    ///
    /// # Errors
    ///
    /// [`ParquetFailure`]; then what was written is no whole file.
    pub fn write_parquet(&self, file: impl Write + Send, most: usize) -> Result<(), ParquetFailure> {
        let schema = schema(&self.columns);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("whotalks ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let mut writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
        let mut left = most;
        for batch in &self.batches {
            let rows = batch.num_rows().min(left);
            left = left.saturating_sub(rows);
            if rows > 0 {
                writer.write(&self.stored(&batch.slice(0, rows), &schema)?)?;
            }
        }
        writer.close()?;
        Ok(())
    }

    fn stored(&self, batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ParquetFailure> {
        let arrays = self
            .columns
            .iter()
            .zip(batch.columns())
            .map(|(column, array)| stored(column, array));
        let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
        Ok(RecordBatch::try_new(Arc::clone(schema), arrays)?)
    }
}

fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| Field::new(&column.name, stored_type(column.kusto_type), true);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn stored_type(kusto_type: KustoType) -> DataType {
    match kusto_type {
        KustoType::DateTime => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
        KustoType::String | KustoType::Guid | KustoType::Dynamic => DataType::Utf8,
        other => data_type(other),
    }
}

fn stored(column: &Column, array: &ArrayRef) -> Result<ArrayRef, ParquetFailure> {
    match column.kusto_type {
        KustoType::DateTime => times(column, array),
        KustoType::String | KustoType::Guid | KustoType::Dynamic => Ok(texts(column, array)),
        _ => Ok(Arc::clone(array)),
    }
}

fn times(column: &Column, array: &ArrayRef) -> Result<ArrayRef, ParquetFailure> {
    let reader = ColumnReader::new(array, column.kusto_type);
    let value = |row: usize| match reader.value(row) {
        Value::DateTime(time) => nanoseconds(time).map(Some).ok_or_else(|| ParquetFailure::Time {
            column: column.name.clone(),
            time: time.to_string(),
        }),
        _ => Ok(None),
    };
    let values = (0..array.len()).map(value).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(TimestampNanosecondArray::from(values).with_timezone("UTC")))
}

fn nanoseconds(time: DateTime) -> Option<i64> {
    let ticks = time.ticks().checked_sub(DateTime::UNIX_EPOCH.ticks())?;
    ticks.checked_mul(NANOSECONDS_PER_TICK)
}

fn texts(column: &Column, array: &ArrayRef) -> ArrayRef {
    let reader = ColumnReader::new(array, column.kusto_type);
    let mut texts = StringBuilder::with_capacity(array.len(), array.len());
    for row in 0..array.len() {
        match reader.value(row) {
            Value::Null => texts.append_null(),
            Value::Dynamic(bytes) => {
                texts.append_value(whotalks_kql_values::DynamicView::new(&bytes).to_json());
            }
            other => texts.append_value(convert::to_text(&other)),
        }
    }
    Arc::new(texts.finish())
}
