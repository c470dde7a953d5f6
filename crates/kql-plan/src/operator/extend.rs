//! `extend`: columns more, or other values in columns that are there.

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::Expression;

use super::over_rows;
use super::project::{Assigned, assign};
use crate::bind::{Binder, same};
use crate::error::Result;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn extend(&mut self, input: Relation, written: &[Expression]) -> Result<Relation> {
        let known = input.columns.clone();
        let (input, assigned) = over_rows(self, input, |expressions| assign(expressions, written, &known))?;
        extended(input, assigned)
    }
}

/// A table with columns assigned: those that are there keep their place, the others come behind.
pub(super) fn extended(input: Relation, assigned: Vec<Assigned>) -> Result<Relation> {
    let mut columns = input.columns.clone();
    let mut values: Vec<_> = columns.iter().map(same).collect();
    let mut order = input.order.clone();
    for Assigned { name, value } in assigned {
        let column = Column::new(name, value.kusto_type);
        let expression = value.expression.alias(&column.name);
        order.truncate(
            order
                .iter()
                .position(|key| key.column == column.name)
                .unwrap_or(order.len()),
        );
        match columns.iter().position(|other| other.name == column.name) {
            Some(index) => {
                if let (Some(value), Some(place)) = (values.get_mut(index), columns.get_mut(index)) {
                    *value = expression;
                    *place = column;
                }
            }
            None => {
                values.push(expression);
                columns.push(column);
            }
        }
    }
    values.extend(input.carried_expressions());
    let plan = LogicalPlanBuilder::new(input.plan.clone()).project(values)?.build()?;
    let mut output = input.with_plan(plan, columns);
    output.order = order;
    Ok(output)
}
