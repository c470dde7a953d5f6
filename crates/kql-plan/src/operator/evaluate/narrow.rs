//! `evaluate narrow()`: a row for each cell.

use whotalks_kql_values::{KustoType, Value, convert};

use crate::bind::Binder;
use crate::error::Result;
use crate::operator::data_table::table_of_rows;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn narrow(&self, input: &Relation) -> Result<Relation> {
        let rows = self.held(input, "narrow")?;
        let mut cells = Vec::new();
        for (row, number) in rows.iter().zip(0i64..) {
            for (column, value) in input.columns.iter().zip(row) {
                let text = convert::to_text(value).into_owned();
                cells.push(vec![
                    Value::Long(number),
                    Value::String(column.name.clone().into()),
                    Value::String(text.into()),
                ]);
            }
        }
        let columns = [
            ("Row", KustoType::Long),
            ("Column", KustoType::String),
            ("Value", KustoType::String),
        ];
        table_of_rows(
            columns.map(|(name, kusto_type)| Column::new(name, kusto_type)).to_vec(),
            &cells,
        )
    }
}
