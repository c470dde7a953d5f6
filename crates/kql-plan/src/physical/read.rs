//! Arrow columns as Kusto values.

use std::borrow::Cow;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BooleanArray, Decimal128Array, FixedSizeBinaryArray, Float64Array,
    Int32Array, Int64Array, StringArray, StringViewArray,
};
use datafusion::arrow::datatypes::{Decimal128Type, Float64Type, Int32Type, Int64Type};
use whotalks_kql_values::{DateTime, Decimal, Guid, KustoType, TimeSpan, Value};

/// A column of known type, read row by row without copying.
pub(crate) enum ColumnReader<'a> {
    Bool(&'a BooleanArray),
    Int(&'a Int32Array),
    Long(&'a Int64Array),
    Real(&'a Float64Array),
    Decimal(&'a Decimal128Array),
    String(&'a StringViewArray),
    /// Texts as functions of the engine may give them.
    PlainString(&'a StringArray),
    DateTime(&'a Int64Array),
    TimeSpan(&'a Int64Array),
    Guid(&'a FixedSizeBinaryArray),
    Dynamic(&'a BinaryArray),
    /// A column of another Arrow type, which only a fault of the planner can bring here: every value is null.
    Unreadable,
}

impl<'a> ColumnReader<'a> {
    /// Reads a column as values of a type.
    pub(crate) fn new(array: &'a ArrayRef, kusto_type: KustoType) -> Self {
        Self::try_new(array, kusto_type).unwrap_or(Self::Unreadable)
    }

    fn try_new(array: &'a ArrayRef, kusto_type: KustoType) -> Option<Self> {
        Some(match kusto_type {
            KustoType::Bool => Self::Bool(array.as_boolean_opt()?),
            KustoType::Int => Self::Int(array.as_primitive_opt::<Int32Type>()?),
            KustoType::Long => Self::Long(array.as_primitive_opt::<Int64Type>()?),
            KustoType::Real => Self::Real(array.as_primitive_opt::<Float64Type>()?),
            KustoType::Decimal => Self::Decimal(array.as_primitive_opt::<Decimal128Type>()?),
            KustoType::String => match array.as_string_view_opt() {
                Some(texts) => Self::String(texts),
                None => Self::PlainString(array.as_string_opt()?),
            },
            KustoType::DateTime => Self::DateTime(array.as_primitive_opt::<Int64Type>()?),
            KustoType::TimeSpan => Self::TimeSpan(array.as_primitive_opt::<Int64Type>()?),
            KustoType::Guid => Self::Guid(array.as_fixed_size_binary_opt()?),
            KustoType::Dynamic => Self::Dynamic(array.as_binary_opt()?),
        })
    }

    /// The value of a row; a text that is null in the column is the empty text, as Kusto has it.
    pub(crate) fn value(&self, row: usize) -> Value<'a> {
        match self {
            Self::Bool(array) => present(*array, row, |array| Value::Bool(array.value(row))),
            Self::Int(array) => present(*array, row, |array| Value::Int(array.value(row))),
            Self::Long(array) => present(*array, row, |array| Value::Long(array.value(row))),
            Self::Real(array) => present(*array, row, |array| Value::Real(array.value(row))),
            Self::Decimal(array) => present(*array, row, |array| {
                Decimal::from_scaled(array.value(row)).map_or(Value::Null, Value::Decimal)
            }),
            Self::String(array) if array.is_null(row) => Value::String(Cow::Borrowed("")),
            Self::String(array) => Value::String(Cow::Borrowed(array.value(row))),
            Self::PlainString(array) if array.is_null(row) => Value::String(Cow::Borrowed("")),
            Self::PlainString(array) => Value::String(Cow::Borrowed(array.value(row))),
            Self::DateTime(array) => present(*array, row, |array| {
                DateTime::from_ticks(array.value(row)).map_or(Value::Null, Value::DateTime)
            }),
            Self::TimeSpan(array) => present(*array, row, |array| {
                Value::TimeSpan(TimeSpan::from_ticks(array.value(row)))
            }),
            Self::Guid(array) => present(*array, row, |array| guid(array.value(row))),
            Self::Dynamic(array) => present(*array, row, |array| Value::Dynamic(Cow::Borrowed(array.value(row)))),
            Self::Unreadable => Value::Null,
        }
    }
}

fn present<'a, A: Array>(array: &'a A, row: usize, read: impl FnOnce(&'a A) -> Value<'a>) -> Value<'a> {
    if array.is_null(row) { Value::Null } else { read(array) }
}

fn guid(bytes: &[u8]) -> Value<'static> {
    bytes.try_into().map_or(Value::Null, |bytes| Value::Guid(Guid(bytes)))
}
