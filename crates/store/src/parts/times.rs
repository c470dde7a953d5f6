//! The times in a file, from the statistics of its row groups.

use std::collections::BTreeMap;

use arrow_schema::{DataType, Schema};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::statistics::Statistics;
use whotalks_tables::Stage;

use super::stored::NANOSECONDS_OF_MICROSECOND;
use crate::log::TimeRange;

/// The earliest and the latest time of every column of times that has one; `native` is the schema in memory.
pub(super) fn of(metadata: &ParquetMetaData, native: &Schema, stage: Stage) -> Vec<TimeRange> {
    let nanoseconds_of_unit = match stage {
        Stage::Hunting => NANOSECONDS_OF_MICROSECOND,
        Stage::Observed | Stage::Derived => 1,
    };
    let mut ranges: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    let groups = metadata.row_groups().iter();
    for column in groups.flat_map(|group| group.columns()) {
        let Some((name, first, last)) = range(column).filter(|(name, ..)| is_time(native, name)) else {
            continue;
        };
        let known = ranges.entry(name).or_insert((first, last));
        *known = (known.0.min(first), known.1.max(last));
    }
    let ranges = ranges.into_iter().map(|(column, (first, last))| TimeRange {
        column: column.to_owned(),
        first: first.saturating_mul(nanoseconds_of_unit),
        last: last.saturating_mul(nanoseconds_of_unit),
    });
    ranges.collect()
}

fn is_time(native: &Schema, column: &str) -> bool {
    let field = native.field_with_name(column);
    field.is_ok_and(|field| matches!(field.data_type(), DataType::Timestamp(..)))
}

fn range(column: &ColumnChunkMetaData) -> Option<(&str, i64, i64)> {
    let [name] = column.column_descr().path().parts() else {
        return None;
    };
    let Some(Statistics::Int64(bounds)) = column.statistics() else {
        return None;
    };
    Some((name, *bounds.min_opt()?, *bounds.max_opt()?))
}
