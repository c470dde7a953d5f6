//! `evaluate pivot(column, aggregation, columns…)`: a column for each value of a column.

use std::collections::BTreeSet;

use whotalks_kql_syntax::tree::operator::Summarize;
use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, OperatorParameters};
use whotalks_kql_values::{KustoType, Value, convert};

use super::{in_place, refused};
use crate::bind::{Binder, simple_name, unique};
use crate::error::Result;
use crate::operator::data_table::table_of_rows;
use crate::operator::written::{called, named};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The most columns that a pivot may give.
const MAX_COLUMNS: usize = 1_000;

impl Binder<'_> {
    pub(super) fn pivot(&mut self, input: Relation, call: &Call) -> Result<Relation> {
        let arguments = in_place(call);
        let pivot = arguments
            .first()
            .and_then(|argument| simple_name(argument))
            .ok_or_else(|| refused(call, Phrase::TakesNameOfColumn))?;
        let aggregation = arguments
            .get(1)
            .map_or_else(|| called("count", Vec::new()), |aggregation| (*aggregation).clone());
        let chosen: Vec<_> = arguments
            .iter()
            .skip(2)
            .filter_map(|argument| simple_name(argument))
            .map(|name| name.text.clone())
            .collect();
        let used = argument_names(&aggregation);
        let is_key = |column: &&Column| {
            let wanted = if chosen.is_empty() {
                !used.contains(&column.name)
            } else {
                chosen.contains(&column.name)
            };
            wanted && column.name != pivot.text
        };
        let keys: Vec<_> = input.columns.iter().filter(is_key).cloned().collect();
        let by = keys
            .iter()
            .map(|column| column.name.as_str())
            .chain([pivot.text.as_str()])
            .map(named)
            .collect();
        let summarize = Summarize {
            parameters: OperatorParameters::default(),
            aggregations: vec![aggregation],
            by,
            bin: None,
        };
        let summarized = self.summarize(input, &summarize)?;
        let rows = self.held(&summarized, "pivot")?;
        spread(&keys, &summarized, &rows, call)
    }
}

/// Rows of keys, a value that names a column, and what stands there.
fn spread(keys: &[Column], summarized: &Relation, rows: &[Vec<Value<'static>>], call: &Call) -> Result<Relation> {
    let pivot = keys.len();
    let kusto_type = summarized
        .columns
        .last()
        .map_or(KustoType::Dynamic, |column| column.kusto_type);
    let name = |row: &Vec<Value<'static>>| {
        row.get(pivot)
            .map(|value| convert::to_text(value).into_owned())
            .unwrap_or_default()
    };
    let values: BTreeSet<String> = rows.iter().map(name).collect();
    if values.len() > MAX_COLUMNS {
        return Err(refused(call, Phrase::MostColumns(MAX_COLUMNS)));
    }
    let mut columns = keys.to_vec();
    for value in &values {
        let free = unique(value.clone(), |name| columns.iter().any(|column| column.name == name));
        columns.push(Column::new(free, kusto_type));
    }
    let nothing = if kusto_type == KustoType::Long {
        Value::Long(0)
    } else {
        Value::Null
    };
    let mut table: Vec<Vec<Value<'static>>> = Vec::new();
    for row in rows {
        let key = row.get(..pivot).unwrap_or_default();
        let place = table
            .iter()
            .position(|other| other.get(..pivot) == Some(key))
            .unwrap_or_else(|| {
                let mut new = key.to_vec();
                new.extend(std::iter::repeat_n(nothing.clone(), values.len()));
                table.push(new);
                table.len() - 1
            });
        let column = values
            .iter()
            .position(|value| *value == name(row))
            .map(|index| pivot + index);
        let cell = table
            .get_mut(place)
            .zip(column)
            .and_then(|(row, column)| row.get_mut(column));
        if let (Some(cell), Some(value)) = (cell, row.last()) {
            *cell = value.clone();
        }
    }
    table_of_rows(columns, &table)
}

/// The columns that an aggregation takes.
fn argument_names(aggregation: &Expression) -> Vec<String> {
    match &aggregation.kind {
        ExpressionKind::Call(call) => call
            .arguments
            .iter()
            .filter_map(simple_name)
            .map(|name| name.text.clone())
            .collect(),
        _ => Vec::new(),
    }
}
