//! `datatable`: a table that is written out.

use std::sync::Arc;

use datafusion::arrow::array::{RecordBatch, RecordBatchOptions};
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::{DataTable, DeclaredType, RowSchema};
use whotalks_kql_values::Value;

use crate::bind::{Binder, Expressions, Row, convert, kusto_type};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::physical::{ColumnBuilder, schema};
use crate::relation::{Column, HELD_ROWS, Relation};

impl Binder<'_> {
    pub(crate) fn data_table(&mut self, table: &DataTable) -> Result<Relation> {
        let columns = declared_columns(&table.schema)?;
        let values = table
            .values
            .iter()
            .map(|value| Expressions::new(self, Row::None).bind(value));
        let values = values.collect::<Result<Vec<_>>>()?;
        if columns.is_empty() || values.len() % columns.len() != 0 {
            let problem = PlanProblem::Argument {
                function: "datatable".to_owned(),
                reason: Phrase::ValuesDoNotFill(values.len(), columns.len()),
            };
            return Err(problem.at(table.schema.span));
        }
        let mut rows = Vec::new();
        for row in values.chunks_exact(columns.len()) {
            let converted = row.iter().zip(&columns).map(|(value, column)| {
                let converted = convert(value.clone(), column.kusto_type)?;
                converted
                    .constant
                    .ok_or_else(|| PlanProblem::NotConstant(Phrase::ValueOf("datatable".to_owned())).into())
            });
            rows.push(converted.collect::<Result<Vec<_>>>()?);
        }
        table_of_rows(columns, &rows)
    }
}

/// The columns that a schema declares.
pub(crate) fn declared_columns(declared: &RowSchema) -> Result<Vec<Column>> {
    let column = |parameter: &whotalks_kql_syntax::tree::ParameterDeclaration| match &parameter.kind {
        DeclaredType::Scalar(name) => match name.scalar() {
            Some(scalar) => Ok(Column::new(&parameter.name.text, kusto_type(scalar))),
            None => Err(PlanProblem::unsupported(Phrase::TheType(name.text.clone()), None).at(name.span)),
        },
        _ => Err(PlanProblem::unsupported(Phrase::TableAsColumn, None).at(parameter.span)),
    };
    declared.columns.iter().map(column).collect()
}

/// A table that holds rows.
pub(crate) fn table_of_rows(columns: Vec<Column>, rows: &[Vec<Value<'static>>]) -> Result<Relation> {
    let mut builders: Vec<_> = columns
        .iter()
        .map(|column| ColumnBuilder::new(column.kusto_type, rows.len()))
        .collect();
    for row in rows {
        builders
            .iter_mut()
            .zip(row)
            .for_each(|(builder, value)| builder.append(value));
    }
    let arrays = builders.into_iter().map(ColumnBuilder::finish).collect();
    let schema = schema(&columns);
    let count = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    let batch = RecordBatch::try_new_with_options(schema.clone(), arrays, &count)
        .map_err(|error| PlanProblem::Engine(error.to_string()))?;
    let provider = MemTable::try_new(schema, vec![vec![batch]])?;
    let scan = LogicalPlanBuilder::scan(HELD_ROWS, provider_as_source(Arc::new(provider)), None)?;
    let unqualified: Vec<_> = scan
        .schema()
        .columns()
        .into_iter()
        .zip(&columns)
        .map(|(field, column)| datafusion::logical_expr::Expr::Column(field).alias(&column.name))
        .collect();
    let plan = scan.project(unqualified)?.build()?;
    Ok(Relation::new(plan, columns))
}
