//! `getschema`: the columns of a table as rows.

use whotalks_kql_values::{KustoType, Value};

use super::data_table::table_of_rows;
use crate::bind::Binder;
use crate::error::Result;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn get_schema(&mut self, input: &Relation) -> Result<Relation> {
        let columns = vec![
            Column::new("ColumnName", KustoType::String),
            Column::new("ColumnOrdinal", KustoType::Long),
            Column::new("DataType", KustoType::String),
            Column::new("ColumnType", KustoType::String),
        ];
        let rows: Vec<_> = input
            .columns
            .iter()
            .zip(0..)
            .map(|(column, ordinal)| row(column, ordinal))
            .collect();
        table_of_rows(columns, &rows)
    }
}

fn row(column: &Column, ordinal: i64) -> Vec<Value<'static>> {
    vec![
        Value::String(column.name.clone().into()),
        Value::Long(ordinal),
        Value::String(runtime_type(column.kusto_type).into()),
        Value::String(column.kusto_type.to_string().into()),
    ]
}

/// The type of the vendor's runtime that holds values of a Kusto type.
fn runtime_type(kusto_type: KustoType) -> &'static str {
    match kusto_type {
        KustoType::Bool => "System.SByte",
        KustoType::Int => "System.Int32",
        KustoType::Long => "System.Int64",
        KustoType::Real => "System.Double",
        KustoType::Decimal => "System.Data.SqlTypes.SqlDecimal",
        KustoType::String => "System.String",
        KustoType::DateTime => "System.DateTime",
        KustoType::TimeSpan => "System.TimeSpan",
        KustoType::Guid => "System.Guid",
        KustoType::Dynamic => "System.Object",
    }
}
