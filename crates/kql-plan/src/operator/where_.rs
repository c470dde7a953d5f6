//! `where`: the rows for which a condition is true.

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::operator::Where;

use super::over_rows;
use crate::bind::{Binder, Bound, bare, same};
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn filter(&mut self, input: Relation, filter: &Where) -> Result<Relation> {
        let (input, condition) = over_rows(self, input, |expressions| expressions.truth(&filter.predicate))?;
        kept(input, condition)
    }
}

/// The rows for which a condition is true. Comparisons stand bare, which lets the engine look into statistics and filters of files.
pub(super) fn kept(input: Relation, condition: Bound) -> Result<Relation> {
    let columns: Vec<_> = input
        .columns
        .iter()
        .map(same)
        .chain(input.carried_expressions())
        .collect();
    let plan = LogicalPlanBuilder::new(input.plan.clone())
        .filter(bare(condition.expression))?
        .project(columns)?
        .build()?;
    let columns = input.columns.clone();
    Ok(input.with_plan(plan, columns))
}
