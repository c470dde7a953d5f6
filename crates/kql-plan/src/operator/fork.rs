//! `fork` and `facet`: several tables of one. The real engine gives them side by side; here they follow each other in one table,
//! whose first column names them.

use whotalks_kql_syntax::tree::operator::{Facet, ForkBranch, Summarize};
use whotalks_kql_syntax::tree::{ExpressionKind, Name, OperatorParameters};

use super::partition::subquery;
use super::union::union_all;
use super::written::{called, named};
use crate::bind::{Binder, implied};
use crate::error::{PlanProblem, Result};
use crate::relation::Relation;

/// The column that says which table a row belongs to.
const TABLE: &str = "TableName";

impl Binder<'_> {
    /// `fork name=(…) (…)`: each branch over all rows.
    pub(super) fn fork(&mut self, input: &Relation, branches: &[ForkBranch]) -> Result<Relation> {
        let mut tables = Vec::new();
        for (branch, number) in branches.iter().zip(1usize..) {
            let mut table = self.operators(input.clone(), subquery(&branch.query)?)?;
            let name = branch.name.as_ref().map(|name| name.text.clone());
            table.name = Some(name.unwrap_or_else(|| format!("Result{number}")));
            tables.push(table);
        }
        union_all(tables, false, Some(&Name::new(TABLE)))
    }

    /// `facet by a, b with (…)`: how often each value of each column occurs, and one more table.
    pub(super) fn facet(&mut self, input: &Relation, facet: &Facet) -> Result<Relation> {
        let mut tables = Vec::new();
        for column in &facet.by {
            let name = implied(column).ok_or_else(|| PlanProblem::NotAValue.at(column.span))?;
            let summarize = Summarize {
                parameters: OperatorParameters::default(),
                aggregations: vec![super::written::assigned(
                    &format!("count_{name}"),
                    called("count", Vec::new()),
                )],
                by: vec![match &column.kind {
                    ExpressionKind::Name(_) => column.clone(),
                    _ => named(&name),
                }],
                bin: None,
            };
            let mut table = self.summarize(input.clone(), &summarize)?;
            table.name = Some(name);
            tables.push(table);
        }
        if let Some(with) = &facet.with {
            let mut table = self.operators(input.clone(), &with.operators)?;
            table.name = Some("with".to_owned());
            tables.push(table);
        }
        union_all(tables, false, Some(&Name::new(TABLE)))
    }
}
