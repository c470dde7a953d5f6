//! `distinct` and `sample-distinct`: each combination of values once.

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::ExpressionKind;
use whotalks_kql_syntax::tree::operator::{Columns, SampleDistinct};

use super::project::select;
use super::take::limited;
use crate::bind::Binder;
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn distinct(&mut self, input: Relation, written: &Columns) -> Result<Relation> {
        let all = matches!(written.columns.as_slice(), [only] if matches!(only.kind, ExpressionKind::Star));
        let chosen = if all {
            let columns = input.columns.clone();
            select(input, columns)?
        } else {
            self.project(input, &written.columns)?
        };
        let plan = LogicalPlanBuilder::new(chosen.plan.clone()).distinct()?.build()?;
        Ok(chosen.like(plan, chosen.columns.clone()))
    }

    /// Some of the different values of a column; which ones is not said.
    pub(super) fn sample_distinct(&mut self, input: Relation, sample: &SampleDistinct) -> Result<Relation> {
        let most = self.row_count(&sample.count)?;
        let chosen = self.project(input, std::slice::from_ref(&sample.of))?;
        let plan = LogicalPlanBuilder::new(chosen.plan.clone()).distinct()?.build()?;
        limited(chosen.like(plan, chosen.columns.clone()), Vec::new(), most)
    }
}
