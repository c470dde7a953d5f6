//! Kusto values as Arrow columns.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BinaryBuilder, BooleanBuilder, Decimal128Builder, FixedSizeBinaryBuilder, Float64Builder, Int32Builder,
    Int64Builder, StringViewBuilder,
};
use whotalks_kql_values::{DynamicBuilder, KustoType, Value};

use super::{Cell, DECIMAL_PRECISION, DECIMAL_SCALE, GUID_BYTES};

/// A column under construction.
pub(crate) enum ColumnBuilder {
    Bool(BooleanBuilder),
    Int(Int32Builder),
    /// `long`, `datetime` and `timespan`.
    Long(Int64Builder),
    Real(Float64Builder),
    Decimal(Decimal128Builder),
    String(StringViewBuilder),
    Guid(FixedSizeBinaryBuilder),
    Dynamic(BinaryBuilder),
}

impl ColumnBuilder {
    /// A column of a type, with room for rows.
    pub(crate) fn new(kusto_type: KustoType, rows: usize) -> Self {
        match kusto_type {
            KustoType::Bool => Self::Bool(BooleanBuilder::with_capacity(rows)),
            KustoType::Int => Self::Int(Int32Builder::with_capacity(rows)),
            KustoType::Long | KustoType::DateTime | KustoType::TimeSpan => {
                Self::Long(Int64Builder::with_capacity(rows))
            }
            KustoType::Real => Self::Real(Float64Builder::with_capacity(rows)),
            KustoType::Decimal => Self::Decimal(decimals(rows)),
            KustoType::String => Self::String(StringViewBuilder::with_capacity(rows)),
            KustoType::Guid => Self::Guid(FixedSizeBinaryBuilder::with_capacity(rows, GUID_BYTES)),
            KustoType::Dynamic => Self::Dynamic(BinaryBuilder::with_capacity(rows, rows)),
        }
    }

    /// Adds the value of one more row. A value of another type than the column's is null, or the empty text.
    pub(crate) fn append(&mut self, value: &Value<'_>) {
        match (self, value) {
            (Self::Bool(column), value) => column.append_option(value.as_bool()),
            (Self::Int(column), value) => column.append_option(value.as_int()),
            (Self::Long(column), value) => column.append_option(long(value)),
            (Self::Real(column), value) => column.append_option(value.as_real()),
            (Self::Decimal(column), Value::Decimal(value)) => column.append_value(value.scaled()),
            (Self::Decimal(column), _) => column.append_null(),
            (Self::String(column), value) => column.append_value(value.as_text().unwrap_or_default()),
            (Self::Guid(column), Value::Guid(value)) => append_guid(column, &value.0),
            (Self::Guid(column), _) => column.append_null(),
            (Self::Dynamic(column), value) => append_dynamic(column, value),
        }
    }

    /// The finished column.
    pub(crate) fn finish(self) -> ArrayRef {
        match self {
            Self::Bool(mut column) => Arc::new(column.finish()),
            Self::Int(mut column) => Arc::new(column.finish()),
            Self::Long(mut column) => Arc::new(column.finish()),
            Self::Real(mut column) => Arc::new(column.finish()),
            Self::Decimal(mut column) => Arc::new(column.finish()),
            Self::String(mut column) => Arc::new(column.finish()),
            Self::Guid(mut column) => Arc::new(column.finish()),
            Self::Dynamic(mut column) => Arc::new(column.finish()),
        }
    }
}

/// The type is the one that every decimal column has, so it cannot be refused; were it, the default type would be seen by tests.
fn decimals(rows: usize) -> Decimal128Builder {
    let builder = Decimal128Builder::with_capacity(rows);
    builder
        .with_precision_and_scale(DECIMAL_PRECISION, DECIMAL_SCALE)
        .unwrap_or_default()
}

/// Ticks of times count as the number that their column holds.
fn long(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::DateTime(time) => Some(time.ticks()),
        Value::TimeSpan(span) => Some(span.ticks()),
        other => other.as_long(),
    }
}

/// A GUID has as many bytes as the column takes, so that nothing is lost where appending fails.
fn append_guid(column: &mut FixedSizeBinaryBuilder, bytes: &[u8; 16]) {
    if column.append_value(bytes).is_err() {
        column.append_null();
    }
}

/// A value of another type becomes a dynamic value of that type.
fn append_dynamic(column: &mut BinaryBuilder, value: &Value<'_>) {
    match value {
        Value::Dynamic(bytes) => column.append_value(bytes),
        Value::Null => column.append_null(),
        other => column.append_value(DynamicBuilder::value(other)),
    }
}
