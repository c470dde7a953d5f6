//! A generated case: every table has rows, among them those that the queries look for.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray, TimestampNanosecondArray,
};
use whotalks_kql_plan::{Column, PlanError, Source, TableSet};
use whotalks_tables::hunting::{self, Flavour};
use whotalks_tables::{KustoType, TableDescription};

use super::witness::Witness;

/// The moment that `now()` gives, in nanoseconds since 1970: the rows are a few hours older.
pub(super) const NOW_NANOSECONDS: i64 = 1_700_000_000_000_000_000;
/// Between the times of two rows.
const STEP_NANOSECONDS: i64 = 60_000_000_000;
/// Rows of each table that no query asks for.
const OTHER_ROWS: usize = 20;

/// All tables with their rows.
pub(super) fn generated(witnesses: &[Witness], flavour: Flavour) -> Result<TableSet, PlanError> {
    let mut tables = TableSet::default();
    for description in hunting::all() {
        let wanted: Vec<_> = witnesses
            .iter()
            .filter(|witness| witness.table == description.name)
            .collect();
        tables.insert(description.name, table(&description, &wanted, flavour)?);
    }
    Ok(tables)
}

fn table(description: &TableDescription, wanted: &[&Witness], flavour: Flavour) -> Result<Source, PlanError> {
    let mut columns = Vec::new();
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for (name, kusto_type) in named(description, flavour) {
        let cells: Vec<_> = (0..wanted.len() + OTHER_ROWS)
            .map(|row| cell(wanted.get(row).copied(), name, row))
            .collect();
        let times: Vec<_> = (0..wanted.len() + OTHER_ROWS)
            .map(|row| wanted.get(row).and_then(|witness| witness.times.get(name)).copied())
            .collect();
        let array = array(kusto_type, &cells, &times);
        fields.push(arrow_schema::Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
        columns.push(Column::new(name, kusto_type));
    }
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays);
    Source::of_batches(columns, schema, batch.into_iter().collect())
}

/// The columns of a table in one flavour.
pub(super) fn named(description: &TableDescription, flavour: Flavour) -> Vec<(&'static str, KustoType)> {
    let view = flavour.view(description).description;
    view.columns.iter().map(|column| (column.name, column.kusto)).collect()
}

/// The names of the columns of all tables.
static COLUMN_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    hunting::all()
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| column.name))
        .collect()
});

/// Whether some table has a column of the name.
fn is_column(name: &str) -> bool {
    COLUMN_NAMES.contains(name)
}

/// What a query asks for, else something that tells rows and columns apart.
fn cell(witness: Option<&Witness>, column: &str, row: usize) -> String {
    let asked = witness.and_then(|witness| witness.cells.get(column));
    let detail = || {
        witness
            .filter(|_| column == "AdditionalFields")
            .map(|witness| witness.details(&is_column))
    };
    asked.cloned().or_else(detail).unwrap_or_else(|| invented(column, row))
}

fn invented(column: &str, row: usize) -> String {
    match column {
        "DeviceId" | "DeviceName" => format!("device{}", row % 4),
        _ if column.ends_with("IP") => format!("203.0.113.{}", row % 200 + 1),
        _ if column.ends_with("Url") => format!("host{}.example.com", row % 7),
        _ if column.ends_with("FileName") => format!("program{}.exe", row % 5),
        _ => format!("{column} {row}"),
    }
}

fn array(kusto_type: KustoType, cells: &[String], times: &[Option<i64>]) -> ArrayRef {
    let rows = || (0i64..).zip(cells);
    match kusto_type {
        KustoType::Bool => Arc::new(BooleanArray::from_iter(rows().map(|(row, cell)| {
            Some(cell == "true" || cell == "1" || (cell != "false" && cell != "0" && row % 2 == 0))
        }))),
        KustoType::Int => Arc::new(Int32Array::from_iter(
            rows().map(|(row, cell)| cell.parse().ok().or_else(|| i32::try_from(row).ok())),
        )),
        KustoType::Long | KustoType::TimeSpan => Arc::new(Int64Array::from_iter(
            rows().map(|(row, cell)| cell.parse().ok().or(Some(row))),
        )),
        KustoType::Real | KustoType::Decimal => Arc::new(Float64Array::from_iter(
            rows().map(|(row, cell)| cell.parse().ok().or(Some(row as f64))),
        )),
        KustoType::DateTime => {
            let invented = |row: i64| NOW_NANOSECONDS - (row % 180 + 1) * STEP_NANOSECONDS;
            let times = (0i64..)
                .zip(times)
                .map(|(row, time)| time.or_else(|| Some(invented(row))));
            Arc::new(TimestampNanosecondArray::from_iter(times).with_timezone("UTC"))
        }
        KustoType::Dynamic => Arc::new(StringArray::from_iter_values(cells.iter().map(|cell| as_json(cell)))),
        KustoType::String | KustoType::Guid => Arc::new(StringArray::from_iter_values(cells)),
    }
}

/// JSON as it is, another text as a bag that holds it.
fn as_json(cell: &str) -> String {
    let is_json =
        serde_json::from_str::<serde_json::Value>(cell).is_ok_and(|value| value.is_object() || value.is_array());
    if is_json {
        cell.to_owned()
    } else {
        serde_json::json!([{ "value": cell }]).to_string()
    }
}
