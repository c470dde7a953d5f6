//! `where`: the rows for which a condition is true.

use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use whotalks_kql_syntax::tree::operator::Where;

use super::over_rows;
use crate::bind::{Binder, Bound, same};
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn filter(&mut self, input: Relation, filter: &Where) -> Result<Relation> {
        let (input, condition) = over_rows(self, input, |expressions| expressions.truth(&filter.predicate))?;
        kept(input, condition)
    }
}

/// The rows for which a condition is true.
pub(super) fn kept(input: Relation, condition: Bound) -> Result<Relation> {
    let columns: Vec<_> = input.columns.iter().map(same).chain(input.carried_expressions()).collect();
    let plan = LogicalPlanBuilder::new(input.plan.clone())
        .filter(plain(condition.expression))?
        .project(columns)?
        .build()?;
    let columns = input.columns.clone();
    Ok(input.with_plan(plan, columns))
}

/// In a filter a null is as good as false, so the comparisons may stand bare, which lets the engine look into statistics and
/// filters of files.
fn plain(condition: Expr) -> Expr {
    match condition {
        Expr::IsTrue(comparison) => *comparison,
        Expr::BinaryExpr(mut joined) if matches!(joined.op, datafusion::logical_expr::Operator::And | datafusion::logical_expr::Operator::Or) => {
            joined.left = Box::new(plain(*joined.left));
            joined.right = Box::new(plain(*joined.right));
            Expr::BinaryExpr(joined)
        }
        other => other,
    }
}
