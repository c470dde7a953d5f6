//! A Parquet file whose columns are encoded on all processors: those of a row group know nothing of one another.

use std::fs::File;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, FieldRef, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::errors::Result;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefMutIterator as _, ParallelIterator as _,
};

/// The most rows of a row group. Small groups let the newest rows and single values be found without reading much; larger
/// ones were slower for both.
pub(super) const ROW_GROUP_ROWS: usize = 131_072;

/// The most bytes of a row group, encoded: what a writer holds in memory per table.
const ROW_GROUP_BYTES: usize = 16 << 20;

/// A file that is being written, row group by row group.
pub(super) struct RowGroups {
    file: SerializedFileWriter<File>,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    /// The columns of the row group that is being filled; none before its first row.
    columns: Vec<Column>,
    rows: usize,
}

/// One column of a table in a row group: several columns of the file where it is nested.
struct Column {
    field: FieldRef,
    leaves: Vec<ArrowColumnWriter>,
}

/// A file that is whole and on the disk.
pub(super) struct Encoded {
    /// How many bytes it has.
    pub(super) bytes: u64,
    pub(super) metadata: ParquetMetaData,
}

impl RowGroups {
    /// Begins a file for rows of this schema.
    pub(super) fn begin(file: File, schema: SchemaRef, properties: WriterProperties) -> Result<Self> {
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
        let (file, factory) = writer.into_serialized_writer()?;
        Ok(Self {
            file,
            factory,
            schema,
            columns: Vec::new(),
            rows: 0,
        })
    }

    /// Appends rows; a row group that is full is written.
    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let mut rest = batch.clone();
        while rest.num_rows() > 0 {
            let count = rest.num_rows().min(ROW_GROUP_ROWS - self.rows);
            self.encode(&rest.slice(0, count))?;
            rest = rest.slice(count, rest.num_rows() - count);
            if self.rows >= ROW_GROUP_ROWS || self.bytes() >= ROW_GROUP_BYTES {
                self.end_row_group()?;
            }
        }
        Ok(())
    }

    /// Ends the file and brings it to the disk.
    pub(super) fn end(mut self) -> Result<Encoded> {
        self.end_row_group()?;
        let metadata = self.file.finish()?;
        let file = self.file.inner();
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        Ok(Encoded { bytes, metadata })
    }

    fn encode(&mut self, batch: &RecordBatch) -> Result<()> {
        if self.columns.is_empty() {
            self.columns = self.begin_row_group()?;
        }
        self.rows += batch.num_rows();
        let columns = self.columns.par_iter_mut().zip(batch.columns());
        columns.try_for_each(|(column, array)| {
            let leaves = compute_leaves(&column.field, array)?;
            column
                .leaves
                .iter_mut()
                .zip(&leaves)
                .try_for_each(|(writer, leaf)| writer.write(leaf))
        })
    }

    fn begin_row_group(&self) -> Result<Vec<Column>> {
        let number = self.file.flushed_row_groups().len();
        let mut writers = self.factory.create_column_writers(number)?.into_iter();
        let column = |field: &FieldRef| Column {
            field: Arc::clone(field),
            leaves: writers.by_ref().take(leaf_count(field.data_type())).collect(),
        };
        Ok(self.schema.fields().iter().map(column).collect())
    }

    fn end_row_group(&mut self) -> Result<()> {
        self.rows = 0;
        let columns = std::mem::take(&mut self.columns);
        if columns.is_empty() {
            return Ok(());
        }
        let writers: Vec<ArrowColumnWriter> = columns.into_iter().flat_map(|column| column.leaves).collect();
        let chunks: Result<Vec<ArrowColumnChunk>> = writers.into_par_iter().map(ArrowColumnWriter::close).collect();
        let mut row_group = self.file.next_row_group()?;
        for chunk in chunks? {
            chunk.append_to_row_group(&mut row_group)?;
        }
        row_group.close()?;
        Ok(())
    }

    /// How large the row group that is being filled will be, about.
    fn bytes(&self) -> usize {
        let leaves = self.columns.iter().flat_map(|column| &column.leaves);
        leaves.map(ArrowColumnWriter::get_estimated_total_bytes).sum()
    }
}

/// How many columns of a file a column of this type takes.
fn leaf_count(data_type: &DataType) -> usize {
    match data_type {
        DataType::Struct(fields) => fields.iter().map(|field| leaf_count(field.data_type())).sum(),
        DataType::List(item) => leaf_count(item.data_type()),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
    use arrow_array::{ArrayRef, StructArray};
    use arrow_schema::{Field, Schema};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;

    /// Rows with a nested column in front of others, so that columns of table and file have different numbers.
    fn rows(numbers: std::ops::Range<i64>) -> RecordBatch {
        let (mut number, mut text) = (Int64Builder::new(), StringBuilder::new());
        let mut list = ListBuilder::new(Int64Builder::new());
        for value in numbers {
            number.append_option((value % 5 != 0).then_some(value));
            text.append_value((value % 1_000).to_string());
            list.append_value((0..value % 3).map(Some));
        }
        let text: ArrayRef = Arc::new(text.finish());
        let number: ArrayRef = Arc::new(number.finish());
        let field = |name, array: &ArrayRef| Arc::new(Field::new(name, array.data_type().clone(), true));
        let pair: ArrayRef = Arc::new(StructArray::from(vec![
            (field("number", &number), Arc::clone(&number)),
            (field("text", &text), Arc::clone(&text)),
        ]));
        let columns = [
            ("pair", pair),
            ("list", Arc::new(list.finish()) as ArrayRef),
            ("number", number),
            ("text", text),
        ];
        let schema = Schema::new(
            columns
                .iter()
                .map(|(name, array)| field(name, array))
                .collect::<Vec<_>>(),
        );
        RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, array)| array).collect()).unwrap()
    }

    #[test]
    fn rows_come_back_in_full_row_groups_whatever_batches_they_came_in() {
        const ROWS: i64 = 300_000;
        let whole = rows(0..ROWS);
        let file = tempfile::tempfile().unwrap();
        let properties = WriterProperties::builder().build();
        let mut groups = RowGroups::begin(file.try_clone().unwrap(), whole.schema(), properties).unwrap();
        for first in (0..ROWS).step_by(70_001) {
            groups.write(&rows(first..ROWS.min(first + 70_001))).unwrap();
        }
        let encoded = groups.end().unwrap();
        let counts: Vec<i64> = encoded
            .metadata
            .row_groups()
            .iter()
            .map(|group| group.num_rows())
            .collect();
        assert_eq!(counts, [131_072, 131_072, 37_856]);
        assert_eq!(encoded.bytes, file.metadata().unwrap().len());
        let reader = ParquetRecordBatchReaderBuilder::try_new(file)
            .unwrap()
            .with_batch_size(300_000);
        let mut first = 0;
        for batch in reader.build().unwrap() {
            let batch = batch.unwrap();
            assert_eq!(batch, whole.slice(first, batch.num_rows()));
            first += batch.num_rows();
        }
        assert_eq!(first, whole.num_rows());
    }

    #[test]
    fn a_row_group_ends_when_it_holds_many_bytes() {
        let mut text = StringBuilder::new();
        (0..4_000).for_each(|number| text.append_value(format!("{number}").repeat(1_000)));
        let array: ArrayRef = Arc::new(text.finish());
        let batch = RecordBatch::try_from_iter([("text", array)]).unwrap();
        let properties = WriterProperties::builder().set_dictionary_enabled(false).build();
        let mut groups = RowGroups::begin(tempfile::tempfile().unwrap(), batch.schema(), properties).unwrap();
        (0..4).for_each(|_| groups.write(&batch).unwrap());
        assert_eq!(groups.end().unwrap().metadata.num_row_groups(), 2);
    }
}
