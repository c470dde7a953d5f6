//! How Kusto values lie in Arrow columns.

mod build;
mod cell;
mod read;
mod scalar;

pub(crate) use build::ColumnBuilder;
pub(crate) use cell::Cell;
pub(crate) use read::ColumnReader;
pub(crate) use scalar::{literal, scalar_value, text, value_of_scalar};

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use whotalks_kql_values::KustoType;

use crate::Column;

/// Digits of a decimal column.
const DECIMAL_PRECISION: u8 = 38;
/// Digits of a decimal column behind the point.
const DECIMAL_SCALE: i8 = 18;
/// Bytes of a GUID.
const GUID_BYTES: i32 = 16;

/// The Arrow type of columns that hold a Kusto type.
pub(crate) fn data_type(kusto_type: KustoType) -> DataType {
    match kusto_type {
        KustoType::Bool => DataType::Boolean,
        KustoType::Int => DataType::Int32,
        KustoType::Long | KustoType::DateTime | KustoType::TimeSpan => DataType::Int64,
        KustoType::Real => DataType::Float64,
        KustoType::Decimal => DataType::Decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
        KustoType::String => DataType::Utf8View,
        KustoType::Guid => DataType::FixedSizeBinary(GUID_BYTES),
        KustoType::Dynamic => DataType::Binary,
    }
}

/// The field of a column. Every field may be null, since a plan that promised otherwise would have to prove it at each step.
pub(crate) fn field(column: &Column) -> Field {
    Field::new(&column.name, data_type(column.kusto_type), true)
}

/// The schema of columns.
pub(crate) fn schema(columns: &[Column]) -> SchemaRef {
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}
