//! `partition`: operators that work on the rows of each key by themselves.

use whotalks_kql_syntax::tree::operator::{Partition, PartitionBody, Summarize};
use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Operator, OperatorParameters};
use whotalks_kql_values::KustoType;

use super::extend::extended;
use super::held::whole_only;
use super::over_rows;
use super::project::{Assigned, select};
use super::union::union_all;
use crate::bind::{Binder, Meaning, implied};
use crate::error::{PlanProblem, Result};
use crate::function::constant;
use crate::phrase::Phrase;
use crate::relation::{Carried, Column, Relation};

impl Binder<'_> {
    pub(super) fn partition(&mut self, input: Relation, partition: &Partition) -> Result<Relation> {
        let body = match &partition.body {
            PartitionBody::Subquery(body) => body,
            PartitionBody::Query(query) => return self.partition_query(&input, &partition.by, query),
        };
        if partition.scope.is_some() {
            return Err(PlanProblem::unsupported(Phrase::code("`partition … in`"), None).into());
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

/// The most parts of the older form, whose query is planned anew for each of them; Kusto has the same bound.
const MAX_PARTS: usize = 64;

impl Binder<'_> {
    /// The older form, in braces: a query with a table of its own for each value of a column, which its name stands for.
    fn partition_query(&mut self, input: &Relation, by: &Expression, query: &Expression) -> Result<Relation> {
        whole_only(input, "partition")?;
        let name = implied(by).ok_or_else(|| PlanProblem::NotAValue.at(by.span))?;
        let summarize = Summarize {
            parameters: OperatorParameters::default(),
            aggregations: Vec::new(),
            by: vec![by.clone()],
            bin: None,
        };
        let parts = self.summarize(input.clone(), &summarize)?;
        let kusto_type = parts
            .columns
            .first()
            .map_or(KustoType::Dynamic, |column| column.kusto_type);
        let values = self.first_column(&parts, MAX_PARTS + 1)?;
        if values.len() > MAX_PARTS {
            let construct = Phrase::ManyParts(MAX_PARTS);
            return Err(PlanProblem::unsupported(construct, Some(Phrase::UseParentheses)).into());
        }
        let outer = self.scope.clone();
        let mut tables = Vec::new();
        for value in values {
            self.scope
                .set(name.clone(), Meaning::Value(constant(value, kusto_type)));
            tables.push(self.table_of(query)?);
        }
        self.scope = outer;
        union_all(tables, false, None)
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
        _ => Err(PlanProblem::unsupported(Phrase::QueryWithOwnTable, None).at(body.span)),
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
