//! Tables written by other versions.

use std::sync::Arc;

use crate::support::Dice;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use whotalks_record::{Flow, Interner};
use whotalks_tables::{Flows, Table, TableError};

fn batch() -> (Flow, RecordBatch) {
    let mut flow: Flow = Dice(7).make();
    flow.tcp = None;
    flow.vlan.inner = None;
    let mut builder = Flows::builder();
    builder.append(&flow);
    (flow, builder.finish())
}

fn without(batch: &RecordBatch, column: &str) -> RecordBatch {
    let kept: Vec<usize> = (0..batch.num_columns())
        .filter(|place| batch.schema().field(*place).name() != column)
        .collect();
    batch.project(&kept).unwrap()
}

fn read(batch: &RecordBatch) -> Result<Vec<Flow>, TableError> {
    Flows::rows(batch, &mut Interner::default())
}

#[test]
fn an_optional_column_that_an_older_version_did_not_write_is_not_stated() {
    let (flow, batch) = batch();
    assert_eq!(read(&without(&batch, "InnerVlan")).unwrap(), [flow]);
}

#[test]
fn a_required_column_that_is_missing_is_named() {
    let (_, batch) = batch();
    let error = read(&without(&batch, "ClientAddress")).unwrap_err();
    assert_eq!(
        error,
        TableError::MissingColumn {
            table: "Flows",
            column: "ClientAddress"
        }
    );
}

#[test]
fn a_column_of_a_newer_version_is_passed_over() {
    let (flow, batch) = batch();
    let mut fields: Vec<_> = batch.schema().fields().iter().map(Arc::clone).collect();
    fields.push(Arc::new(Field::new("Tomorrow", DataType::Utf8, true)));
    let mut columns = batch.columns().to_vec();
    columns.push(Arc::new(StringArray::from(vec!["x"])));
    let newer = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap();
    assert_eq!(read(&newer).unwrap(), [flow]);
}

#[test]
fn an_unknown_word_or_a_wrong_type_is_an_error_with_its_place() {
    let (_, batch) = batch();
    let replaced = |name: &str, array: ArrayRef| {
        let place = batch.schema().index_of(name).unwrap();
        let mut columns = batch.columns().to_vec();
        let mut fields: Vec<_> = batch.schema().fields().iter().map(Arc::clone).collect();
        fields[place] = Arc::new(Field::new(name, array.data_type().clone(), true));
        columns[place] = array;
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
    };
    let word = replaced("Initiator", Arc::new(StringArray::from(vec!["by-magic"])));
    let unknown = TableError::UnknownValue {
        table: "Flows",
        column: "Initiator",
        row: 0,
    };
    assert_eq!(read(&word).unwrap_err(), unknown);
    let null = replaced("Initiator", Arc::new(StringArray::from(vec![None::<&str>])));
    let missing = TableError::MissingValue {
        table: "Flows",
        column: "Initiator",
        row: 0,
    };
    assert_eq!(read(&null).unwrap_err(), missing);
    let port = replaced("ClientPort", Arc::new(StringArray::from(vec!["443"])));
    assert!(matches!(
        read(&port).unwrap_err(),
        TableError::WrongType {
            column: "ClientPort",
            ..
        }
    ));
}
