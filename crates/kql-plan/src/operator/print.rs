//! `print`: one row of values.

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::Expression;

use super::project::{Assigned, projected, several_arrays};
use crate::bind::{Binder, Expressions, NamedExpression, Row};
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn print(&mut self, written: &[Expression]) -> Result<Relation> {
        let mut assigned: Vec<Assigned> = Vec::new();
        for (index, expression) in written.iter().enumerate() {
            let mut expressions = Expressions::new(self, Row::None);
            if let Some(sorted) = several_arrays(&mut expressions, expression)? {
                assigned.extend(sorted);
                continue;
            }
            let named = NamedExpression::of(expression)?;
            let value = Expressions::new(self, Row::None).bind(named.value)?;
            let name = named
                .name
                .map_or_else(|| format!("print_{index}"), |name| name.text.clone());
            assigned.push(Assigned { name, value });
        }
        let one_row = LogicalPlanBuilder::empty(true).build()?;
        projected(Relation::new(one_row, Vec::new()), assigned)
    }
}
