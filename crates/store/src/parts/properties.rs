//! How every Parquet file is written.

use arrow_schema::DataType;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use whotalks_tables::Table;

use super::row_groups::ROW_GROUP_ROWS;

/// The share of absent values that a Bloom filter lets pass.
const FALSE_POSITIVES: f64 = 0.01;

/// The properties of a table's files, with Bloom filters on the columns in which people look for single values.
pub(crate) fn of<T: Table>() -> WriterProperties {
    let mut builder = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(concat!("whotalks ", env!("CARGO_PKG_VERSION")).to_owned());
    for column in T::columns().iter().filter(|column| column.lookup) {
        let path = || ColumnPath::from(column.name);
        builder = builder
            .set_column_bloom_filter_enabled(path(), true)
            .set_column_bloom_filter_fpp(path(), FALSE_POSITIVES)
            .set_column_bloom_filter_max_ndv(path(), ROW_GROUP_ROWS as u64);
    }
    for column in T::columns()
        .iter()
        .filter(|column| is_mostly_distinct(&column.data_type))
    {
        builder = builder
            .set_column_dictionary_enabled(ColumnPath::from(column.name), false)
            .set_column_encoding(ColumnPath::from(column.name), Encoding::DELTA_BINARY_PACKED);
    }
    builder.build()
}

/// Whether a dictionary would hold nearly every value: instants, places and counts rise or vary from row to row, and their
/// differences are short.
fn is_mostly_distinct(data_type: &DataType) -> bool {
    matches!(data_type, DataType::UInt64 | DataType::Int64 | DataType::Timestamp(..))
}
