//! `assert-schema`: an error where a table has other columns.

use whotalks_kql_syntax::tree::RowSchema;

use super::data_table::declared_columns;
use crate::bind::Binder;
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn assert_schema(&mut self, input: Relation, schema: &RowSchema) -> Result<Relation> {
        let wanted = declared_columns(schema)?;
        if wanted == input.columns {
            return Ok(input);
        }
        let problem = PlanProblem::WrongType {
            what: Phrase::TheColumns,
            expected: Phrase::Code(written(&wanted)),
            found: Phrase::Code(written(&input.columns)),
        };
        Err(problem.at(schema.span))
    }
}

fn written(columns: &[Column]) -> String {
    let columns: Vec<_> = columns
        .iter()
        .map(|column| format!("{}: {}", column.name, column.kusto_type))
        .collect();
    format!("({})", columns.join(", "))
}
