//! `take`, `limit`, `sample`: some of the rows.

use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{Expr, ExprFunctionExt, LogicalPlanBuilder, SortExpr};
use datafusion::prelude::lit;
use whotalks_kql_syntax::tree::Expression;
use whotalks_kql_syntax::tree::operator::Take;

use super::sort::order_expressions;
use crate::bind::{Binder, Expressions, Row, reference, same, with_window};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
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
        let (value, kusto_type) = Expressions::new(self, Row::None).constant(expression, Phrase::NumberOfRows)?;
        let count = value.as_long().and_then(|count| usize::try_from(count).ok());
        let wrong = || PlanProblem::WrongType {
            what: Phrase::NumberOfRows,
            expected: Phrase::WholeNumber,
            found: Phrase::code(kusto_type),
        };
        count.ok_or_else(|| wrong().at(expression.span))
    }
}

/// The name of the column that numbers rows; no query can write it.
pub(super) const NUMBER: &str = "$number";

/// The first rows in an order, or any where there is none; of each part, where rows are kept apart.
pub(super) fn limited(input: Relation, order: Vec<SortExpr>, most: usize) -> Result<Relation> {
    let columns = input.columns.clone();
    if !input.carried.is_empty() {
        let parts = input.carried_expressions().collect();
        return first_of_parts(input, parts, order, most);
    }
    let plan = LogicalPlanBuilder::new(input.plan.clone());
    let plan = match order.is_empty() {
        true => plan.limit(0, Some(most))?,
        false => plan.sort_with_limit(order, Some(most))?,
    };
    let plan = plan.build()?;
    Ok(input.with_plan(plan, columns))
}

/// The first rows of each part, in an order.
pub(super) fn first_of_parts(input: Relation, parts: Vec<Expr>, order: Vec<SortExpr>, most: usize) -> Result<Relation> {
    let number = numbers(parts, order)?;
    let kept: Vec<_> = input
        .columns
        .iter()
        .map(same)
        .chain(input.carried_expressions())
        .collect();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let numbered = with_window(input.plan.clone(), number, NUMBER)?;
    let plan = LogicalPlanBuilder::new(numbered)
        .filter(reference(NUMBER).lt_eq(lit(most)))?
        .project(kept)?
        .build()?;
    let columns = input.columns.clone();
    Ok(input.with_plan(plan, columns))
}

/// The number of each row in its part, from 1.
fn numbers(parts: Vec<Expr>, order: Vec<SortExpr>) -> Result<Expr> {
    let numbers = match (parts.is_empty(), order.is_empty()) {
        (true, true) => return Ok(row_number()),
        (true, false) => row_number().order_by(order),
        (false, true) => row_number().partition_by(parts),
        (false, false) => row_number().partition_by(parts).order_by(order),
    };
    Ok(numbers.build()?)
}
