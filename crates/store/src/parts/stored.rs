//! How columns lie in files: in types that Delta Lake has.
//!
//! | in memory | in files of observed and derived tables | in files of hunting tables |
//! |---|---|---|
//! | 64 bits without a sign | the same bits with one | – |
//! | nanoseconds as an instant | nanoseconds since 1970 as a number, exact | microseconds as an instant, for everybody's tools |
//!
//! Files of format 1 hold the types of memory, and are read as they are.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{TimestampMicrosecondType, TimestampNanosecondType};
use arrow_array::{Array, ArrayRef, ListArray, PrimitiveArray, RecordBatch, StructArray, make_array};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef, TimeUnit};
use whotalks_tables::Stage;

/// Nanoseconds of a microsecond.
pub(crate) const NANOSECONDS_OF_MICROSECOND: i64 = 1_000;

/// The schema of the files of a table.
pub(crate) fn schema(schema: &Schema, stage: Stage) -> SchemaRef {
    let fields: Fields = schema.fields().iter().map(|field| stored_field(field, stage)).collect();
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

/// A batch as it lies in files of this schema.
pub(crate) fn store(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let columns = batch.columns().iter().zip(schema.fields());
    let columns = columns.map(|(column, field)| retyped(column, field.data_type()));
    RecordBatch::try_new(Arc::clone(schema), columns.collect::<Result<_, _>>()?)
}

/// A batch as it was before it was stored, as far as its columns are known.
pub(crate) fn restore(batch: &RecordBatch, native: &Schema) -> Result<RecordBatch, ArrowError> {
    let fields = batch.schema_ref().fields().iter();
    let fields: Fields = fields
        .map(|field| restored_field(field, native.field_with_name(field.name()).ok()))
        .collect();
    let columns = batch.columns().iter().zip(&fields);
    let columns = columns.map(|(column, field)| retyped(column, field.data_type()));
    let columns = columns.collect::<Result<_, _>>()?;
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

fn stored_field(field: &Field, stage: Stage) -> Arc<Field> {
    Arc::new(field.clone().with_data_type(stored_type(field.data_type(), stage)))
}

fn stored_type(data_type: &DataType, stage: Stage) -> DataType {
    match data_type {
        DataType::UInt64 => DataType::Int64,
        DataType::Timestamp(TimeUnit::Nanosecond, zone) if stage == Stage::Hunting => {
            DataType::Timestamp(TimeUnit::Microsecond, zone.clone())
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => DataType::Int64,
        DataType::List(item) => DataType::List(stored_field(item, stage)),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(|field| stored_field(field, stage)).collect()),
        other => other.clone(),
    }
}

fn restored_field(field: &Field, native: Option<&Field>) -> Arc<Field> {
    let data_type = native.map(|native| restored_type(field.data_type(), native.data_type()));
    Arc::new(match data_type {
        Some(data_type) => field.clone().with_data_type(data_type),
        None => field.clone(),
    })
}

fn restored_type(stored: &DataType, native: &DataType) -> DataType {
    match (stored, native) {
        (DataType::Int64, DataType::UInt64 | DataType::Timestamp(TimeUnit::Nanosecond, _)) => native.clone(),
        (DataType::List(item), DataType::List(native)) => DataType::List(restored_field(item, Some(native))),
        (DataType::Struct(fields), DataType::Struct(native)) => {
            let known = |field: &Field| native.find(field.name()).map(|(_, native)| native.as_ref());
            DataType::Struct(fields.iter().map(|field| restored_field(field, known(field))).collect())
        }
        _ => stored.clone(),
    }
}

/// The same values in another type of the same width, or cut to microseconds.
fn retyped(array: &ArrayRef, to: &DataType) -> Result<ArrayRef, ArrowError> {
    match (array.data_type(), to) {
        (from, to) if from == to => Ok(Arc::clone(array)),
        (DataType::Timestamp(TimeUnit::Nanosecond, _), DataType::Timestamp(TimeUnit::Microsecond, zone)) => {
            let instants = array.as_primitive::<TimestampNanosecondType>();
            let cut: PrimitiveArray<TimestampMicrosecondType> =
                instants.unary(|nanoseconds| nanoseconds.div_euclid(NANOSECONDS_OF_MICROSECOND));
            Ok(Arc::new(cut.with_timezone_opt(zone.clone())))
        }
        (DataType::List(_), DataType::List(item)) => {
            let list = array.as_list::<i32>();
            let values = retyped(list.values(), item.data_type())?;
            let list = ListArray::try_new(Arc::clone(item), list.offsets().clone(), values, list.nulls().cloned())?;
            Ok(Arc::new(list))
        }
        (DataType::Struct(_), DataType::Struct(fields)) => {
            let parts = array.as_struct();
            let columns = parts.columns().iter().zip(fields);
            let columns = columns.map(|(column, field)| retyped(column, field.data_type()));
            let columns = columns.collect::<Result<_, _>>()?;
            let parts = StructArray::try_new(fields.clone(), columns, parts.nulls().cloned())?;
            Ok(Arc::new(parts))
        }
        (_, to) => {
            let data = array.to_data().into_builder().data_type(to.clone()).build()?;
            Ok(make_array(data))
        }
    }
}
