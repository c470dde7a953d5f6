//! `partition`: operators that work on the rows of each key by themselves.

use whotalks_kql_syntax::tree::operator::{Partition, PartitionBody};
use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Operator};

use super::extend::extended;
use super::over_rows;
use super::project::{Assigned, select};
use crate::bind::Binder;
use crate::error::{PlanProblem, Result};
use crate::relation::{Carried, Column, Relation};

impl Binder<'_> {
    pub(super) fn partition(&mut self, input: Relation, partition: &Partition) -> Result<Relation> {
        let PartitionBody::Subquery(body) = &partition.body else {
            return Err(PlanProblem::unsupported("`partition` with braces", Some("use parentheses")).into());
        };
        if partition.scope.is_some() {
            return Err(PlanProblem::unsupported("`partition … in`", None).into());
        }
        let (input, key) = over_rows(self, input, |expressions| expressions.bind(&partition.by))?;
        let column = Column::new(hidden("part", input.carried.len()), key.kusto_type);
        let assigned = vec![Assigned {
            name: column.name.clone(),
            value: key,
        }];
        let apart = kept_apart(extended(input, assigned)?, vec![(column.name.clone(), column)])?;
        let output = self.operators(apart, subquery(body)?)?;
        together(output, 1)
    }
}

/// A name that no query can write.
pub(super) fn hidden(what: &str, depth: usize) -> String {
    format!("${what}{depth}")
}

/// The operators in parentheses.
pub(super) fn subquery(body: &Expression) -> Result<&[Operator]> {
    match &body.kind {
        ExpressionKind::Parenthesized(inner) => subquery(inner),
        ExpressionKind::Pipeline(pipeline) if pipeline.source.is_none() => Ok(&pipeline.operators),
        _ => Err(PlanProblem::unsupported("a query with a table of its own in this place", None).at(body.span)),
    }
}

/// The rows with some of their columns carried along: `(visible name, column of the plan)`.
pub(super) fn kept_apart(mut input: Relation, keys: Vec<(String, Column)>) -> Result<Relation> {
    input
        .columns
        .retain(|column| keys.iter().all(|(_, key)| key.name != column.name));
    let carried = keys.into_iter().map(|(name, column)| Carried {
        hidden: column.name,
        column: Column::new(name, column.kusto_type),
    });
    input.carried.extend(carried);
    let columns = input.columns.clone();
    select(input, columns)
}

/// The rows of all parts, without the innermost keys.
pub(super) fn together(mut output: Relation, keys: usize) -> Result<Relation> {
    output.carried.truncate(output.carried.len().saturating_sub(keys));
    output.order.clear();
    let columns = output.columns.clone();
    select(output, columns)
}
