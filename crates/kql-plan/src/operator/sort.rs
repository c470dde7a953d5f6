//! `sort by`, `order by`: rows in an order.

use datafusion::logical_expr::{LogicalPlanBuilder, SortExpr};
use whotalks_kql_syntax::tree::operator::Sort;
use whotalks_kql_syntax::tree::{Direction, Nulls, Ordered};

use whotalks_kql_values::KustoType;

use super::over_rows;
use super::project::select;
use super::take::limited;
use crate::bind::{Binder, Expressions, reference};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::{OrderKey, Relation};

impl Binder<'_> {
    pub(super) fn sort(&mut self, input: Relation, sort: &Sort) -> Result<Relation> {
        self.sorted(input, &sort.by, None)
    }

    /// The rows in an order, all or the first ones. What the order goes by is kept in columns of its own where it is no column.
    pub(super) fn sorted(&mut self, input: Relation, by: &[Ordered], most: Option<usize>) -> Result<Relation> {
        let columns = input.columns.clone();
        let (input, keys) = over_rows(self, input, |expressions| sort_keys(expressions, by))?;
        let order: Vec<_> = keys
            .iter()
            .filter_map(|key| match &key.expr {
                datafusion::logical_expr::Expr::Column(column) => Some(OrderKey {
                    column: column.name.clone(),
                    ascending: key.asc,
                    nulls_first: key.nulls_first,
                }),
                _ => None,
            })
            .collect();
        let all_columns = order.len() == keys.len();
        let mut output = match most {
            Some(most) => select(limited(input, keys, most)?, columns)?,
            None => {
                let plan = LogicalPlanBuilder::new(input.plan.clone()).sort(keys)?.build()?;
                select(Relation { plan, ..input }, columns)?
            }
        };
        output.order = if all_columns { order } else { Vec::new() };
        output.serialized = true;
        Ok(output)
    }
}

fn sort_keys(expressions: &mut Expressions<'_, '_>, by: &[Ordered]) -> Result<Vec<SortExpr>> {
    by.iter().map(|ordered| sort_key(expressions, ordered)).collect()
}

/// Descending where nothing is said; nulls are the smallest values where nothing is said.
fn sort_key(expressions: &mut Expressions<'_, '_>, ordered: &Ordered) -> Result<SortExpr> {
    let value = expressions.bind(&ordered.expression)?;
    if value.kusto_type == KustoType::Dynamic {
        let problem = PlanProblem::WrongType {
            what: Phrase::WhatRowsAreOrderedBy,
            expected: Phrase::OrderedType,
            found: Phrase::code("dynamic"),
        };
        return Err(problem.at(ordered.expression.span));
    }
    let ascending = matches!(
        ordered.direction,
        Some(Direction::Ascending | Direction::NumbersAscending)
    );
    let nulls_first = match ordered.nulls {
        Some(nulls) => nulls == Nulls::First,
        None => ascending,
    };
    Ok(SortExpr::new(value.expression, ascending, nulls_first))
}

/// The keys that rows are ordered by, as expressions over their columns.
pub(super) fn order_expressions(order: &[OrderKey]) -> Vec<SortExpr> {
    order
        .iter()
        .map(|key| SortExpr::new(reference(&key.column), key.ascending, key.nulls_first))
        .collect()
}
