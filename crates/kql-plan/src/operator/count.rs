//! `count`: how many rows there are.

use datafusion::functions_aggregate::expr_fn;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use datafusion::prelude::lit;
use whotalks_kql_syntax::tree::operator::Count;
use whotalks_kql_values::KustoType;

use crate::bind::Binder;
use crate::error::Result;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn count(&mut self, input: Relation, count: &Count) -> Result<Relation> {
        let name = count.name.as_ref().map_or("Count", |name| name.text.as_str());
        let rows = expr_fn::count(lit(1i64)).alias(name);
        let groups: Vec<Expr> = input.carried_expressions().collect();
        let plan = LogicalPlanBuilder::new(input.plan.clone())
            .aggregate(groups, [rows])?
            .build()?;
        Ok(input.like(plan, vec![Column::new(name, KustoType::Long)]))
    }
}
