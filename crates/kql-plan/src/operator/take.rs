//! `take`, `limit`, `sample`: some of the rows.

use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{ExprFunctionExt, LogicalPlanBuilder, SortExpr};
use datafusion::prelude::lit;
use whotalks_kql_syntax::tree::Expression;
use whotalks_kql_syntax::tree::operator::Take;

use super::sort::order_expressions;
use crate::bind::{Binder, Expressions, Row, reference, same};
use crate::error::{PlanProblem, Result};
use crate::physical::Cell;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn take(&mut self, input: Relation, take: &Take) -> Result<Relation> {
        let most = self.row_count(&take.count)?;
        // Rows in an order stay in it; the order is said again, since the engine keeps none that nobody asks for.
        let order = order_expressions(&input.order);
        limited(input, order, most)
    }

    /// A number of rows that is known before the query runs.
    pub(super) fn row_count(&mut self, expression: &Expression) -> Result<usize> {
        let (value, kusto_type) = Expressions::new(self, Row::None).constant(expression, "the number of rows")?;
        let count = value.as_long().and_then(|count| usize::try_from(count).ok());
        let wrong = || PlanProblem::WrongType {
            what: "the number of rows".to_owned(),
            expected: "a whole number that is not negative".to_owned(),
            found: kusto_type.to_string(),
        };
        count.ok_or_else(|| wrong().at(expression.span))
    }
}

/// The name of the column that numbers rows; no query can write it.
pub(super) const NUMBER: &str = "$number";

/// The first rows in an order, or any where there is none; of each part, where rows are kept apart.
pub(super) fn limited(input: Relation, order: Vec<SortExpr>, most: usize) -> Result<Relation> {
    let plan = LogicalPlanBuilder::new(input.plan.clone());
    let plan = if !input.carried.is_empty() {
        let number = row_number().partition_by(input.carried_expressions().collect()).order_by(order).build()?;
        let kept: Vec<_> = input.columns.iter().map(same).chain(input.carried_expressions()).collect();
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        plan.window([number.alias(NUMBER)])?.filter(reference(NUMBER).lt_eq(lit(most)))?.project(kept)?
    } else if order.is_empty() {
        plan.limit(0, Some(most))?
    } else {
        plan.sort_with_limit(order, Some(most))?
    };
    let plan = plan.build()?;
    let columns = input.columns.clone();
    Ok(input.with_plan(plan, columns))
}
