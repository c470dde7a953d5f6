//! The tables that hunting queries see, for programs. For people they are in [`crate::terminal`].

use serde_json::{Value, json};
use whotalks_case::tables::hunting::{column_in_japanese, is_microsoft, table_in_japanese};
use whotalks_case::tables::{Column, TableDescription, Unit};

use crate::json::VERSION;

/// All tables with their columns.
pub fn tables(tables: &[TableDescription]) -> Value {
    let tables: Vec<Value> = tables.iter().map(of_table).collect();
    json!({ "version": VERSION, "kind": "schema", "tables": tables })
}

/// One table with its columns.
pub fn table(table: &TableDescription) -> Value {
    tables(std::slice::from_ref(table))
}

fn of_table(table: &TableDescription) -> Value {
    let columns: Vec<Value> = table.columns.iter().map(|column| of_column(table, column)).collect();
    json!({
        "name": table.name,
        "of_microsoft": is_microsoft(table.name),
        "text": { "en": table.doc, "ja": table_in_japanese(table.name) },
        "columns": columns,
    })
}

fn of_column(table: &TableDescription, column: &Column) -> Value {
    let unit = (column.unit != Unit::None).then(|| column.unit.word());
    json!({
        "name": column.name,
        "type": column.kusto.name(),
        "unit": unit,
        "added": column.added,
        "text": { "en": column.doc, "ja": column_in_japanese(table.name, kept_name(column)) },
    })
}

/// A column of another flavour says what the column says that it is made of.
pub(crate) fn kept_name(column: &Column) -> &'static str {
    match column.name {
        "TimeGenerated" => "Timestamp",
        name => name,
    }
}
