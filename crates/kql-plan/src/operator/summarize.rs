//! `summarize`: one row for each combination of values.

use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use whotalks_kql_syntax::tree::operator::Summarize;
use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind};
use whotalks_kql_values::{KustoType, Value};

use super::over_rows;
use super::project::{Assigned, projected, written_names};
use crate::aggregate::{Aggregations, ArgExtreme, arg_extreme, several};
use crate::bind::{Binder, Bound, Expressions, NamedExpression, Naming, Row, column, implied, reference, unique};
use crate::error::{PlanProblem, Result};
use crate::function::constant;
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn summarize(&mut self, input: Relation, summarize: &Summarize) -> Result<Relation> {
        if summarize.bin.is_some() {
            return Err(PlanProblem::unsupported(
                Phrase::BinBehindBy,
                Some(Phrase::UseInstead("`bin(column, size)`".to_owned())),
            )
            .into());
        }
        let mut aggregations = Aggregations::default();
        let (input, (keys, values)) = over_rows(self, input, |expressions| {
            let keys = group_keys(expressions, &summarize.by)?;
            let values = aggregated(
                expressions,
                &summarize.aggregations,
                (&summarize.by, &keys),
                &mut aggregations,
            )?;
            Ok((keys, values))
        })?;
        let groups = keys.iter().map(|key| key.value.expression.clone().alias(&key.name));
        let groups = groups.chain(input.carried_expressions()).collect();
        let calls: Vec<_> = aggregations.into_expressions().collect();
        let plan = aggregate(&input, groups, calls)?;
        let keys = keys.into_iter().map(|key| Assigned {
            value: Bound::computed(reference(&key.name), key.value.kusto_type),
            name: key.name,
        });
        let columns = keys.chain(values).collect();
        projected(input.like(plan, Vec::new()), columns)
    }
}

/// Without anything to aggregate, the different combinations of values.
fn aggregate(input: &Relation, groups: Vec<Expr>, calls: Vec<Expr>) -> Result<LogicalPlan> {
    let plan = LogicalPlanBuilder::new(input.plan.clone());
    if calls.is_empty() && groups.is_empty() {
        return Ok(plan.limit(0, Some(1))?.project(Vec::<Expr>::new())?.build()?);
    }
    Ok(plan.aggregate(groups, calls)?.build()?)
}

/// What rows are grouped by. A dynamic value cannot be, since it has no equality.
fn group_keys(expressions: &mut Expressions<'_, '_>, by: &[Expression]) -> Result<Vec<Assigned>> {
    let mut naming = Naming::new("Column", 1);
    let mut keys: Vec<Assigned> = Vec::new();
    for written in by {
        let named = NamedExpression::of(written)?;
        let value = expressions.bind(named.value)?;
        if value.kusto_type == KustoType::Dynamic {
            let problem = PlanProblem::WrongType {
                what: Phrase::WhatRowsAreGroupedBy,
                expected: Phrase::ComparableType,
                found: Phrase::code("dynamic"),
            };
            return Err(problem.at(written.span));
        }
        let taken: Vec<_> = keys
            .iter()
            .map(|key| Column::new(&key.name, key.value.kusto_type))
            .collect();
        let name = match named.column_name() {
            Some(name) => unique(name, |name| taken.iter().any(|column| column.name == name)),
            None => naming.free(&taken),
        };
        keys.push(Assigned { name, value });
    }
    Ok(keys)
}

/// The columns that the aggregations give.
fn aggregated(
    expressions: &mut Expressions<'_, '_>,
    written: &[Expression],
    (by, keys): (&[Expression], &[Assigned]),
    aggregations: &mut Aggregations,
) -> Result<Vec<Assigned>> {
    let mut columns: Vec<Assigned> = Vec::new();
    // Only a name that was written twice is a mistake; one that a value has by itself gives way.
    let mut declared: Vec<String> = by.iter().flat_map(declared_names).collect();
    for expression in written {
        for (name, named, value) in one_aggregation(expressions, expression, keys, aggregations)? {
            if named && declared.contains(&name) {
                return Err(PlanProblem::DuplicateColumn(name).at(expression.span));
            }
            let name = unique(name, |name| {
                keys.iter().chain(&columns).any(|column| column.name == name)
            });
            declared.extend(named.then(|| name.clone()));
            columns.push(Assigned { name, value });
        }
    }
    Ok(columns)
}

/// The names that were written for a key: a column has the one it is asked for by.
fn declared_names(key: &Expression) -> Vec<String> {
    match &key.kind {
        ExpressionKind::Name(name) => vec![name.text.clone()],
        _ => written_names(key).0,
    }
}

/// One or, with `arg_max` and `arg_min`, several columns: the name, whether it was written, and the value.
fn one_aggregation(
    expressions: &mut Expressions<'_, '_>,
    written: &Expression,
    keys: &[Assigned],
    aggregations: &mut Aggregations,
) -> Result<Vec<(String, bool, Bound)>> {
    let (names, value) = written_names(written);
    if let ExpressionKind::Call(call) = &value.kind {
        if let Some(extreme) = ArgExtreme::named(&call.name.text) {
            return extreme_row(expressions, call, extreme, &names, keys, aggregations)
                .map_err(|error| error.or_at(value.span));
        }
        if let Some(first) = several(&call.name.text) {
            return several_ranks(expressions, call, first, &names, aggregations)
                .map_err(|error| error.or_at(value.span));
        }
        if is_any(call) {
            return any_row(expressions, call, &names, keys, aggregations);
        }
    }
    let bound = with_aggregations(expressions, value, aggregations)?;
    let written_name = names.first().cloned();
    let named = written_name.is_some();
    let name = written_name
        .or_else(|| implied(value))
        .unwrap_or_else(|| "Column1".to_owned());
    Ok(vec![(name, named, bound)])
}

/// Binds an expression in which aggregations may stand; columns outside of them are no values of a group.
fn with_aggregations(
    expressions: &mut Expressions<'_, '_>,
    value: &Expression,
    aggregations: &mut Aggregations,
) -> Result<Bound> {
    let mut inner = Expressions {
        binder: &mut *expressions.binder,
        row: expressions.row,
        aggregations: Some(aggregations),
        windows: None,
    };
    inner.bind(value)
}

/// `arg_max(a, b, c)` and `arg_max(a, *)`.
fn extreme_row(
    expressions: &mut Expressions<'_, '_>,
    call: &Call,
    extreme: ArgExtreme,
    names: &[String],
    keys: &[Assigned],
    aggregations: &mut Aggregations,
) -> Result<Vec<(String, bool, Bound)>> {
    let mut columns = row_columns(expressions, &call.arguments, keys)?;
    if columns.is_empty() {
        return Err(PlanProblem::Argument {
            function: call.name.text.clone(),
            reason: Phrase::TakesAtLeastOne,
        }
        .into());
    }
    if let (Some(first), Some(argument)) = (columns.first_mut(), call.arguments.first()) {
        first.name = implied(argument).unwrap_or_else(|| extreme.nameless().to_owned());
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name = name.clone();
    }
    let (column_names, values): (Vec<_>, Vec<_>) =
        columns.into_iter().map(|column| (column.name, column.value)).unzip();
    let found = arg_extreme(extreme, values, aggregations);
    let named = |index: usize| index < names.len();
    Ok(column_names
        .into_iter()
        .zip(found)
        .enumerate()
        .map(|(index, (name, value))| (name, named(index), value))
        .collect())
}

/// The values of a row that are asked for; `*` stands for all columns that are not asked for otherwise and no groups.
fn row_columns(
    expressions: &mut Expressions<'_, '_>,
    arguments: &[Expression],
    keys: &[Assigned],
) -> Result<Vec<Assigned>> {
    let mut columns: Vec<Assigned> = Vec::new();
    let mut naming = Naming::new("Column", 1);
    for argument in arguments {
        if matches!(argument.kind, ExpressionKind::Star) {
            let taken = |name: &str| keys.iter().chain(&columns).any(|other| other.name == name);
            let rest: Vec<_> = expressions
                .row
                .columns()
                .iter()
                .filter(|column| !taken(&column.name))
                .cloned()
                .collect();
            columns.extend(rest.iter().map(|own| Assigned {
                name: own.name.clone(),
                value: column(own),
            }));
            continue;
        }
        let value = expressions.bind(argument)?;
        let taken: Vec<_> = columns
            .iter()
            .map(|other| Column::new(&other.name, other.value.kusto_type))
            .collect();
        let name = implied(argument).unwrap_or_else(|| naming.free(&taken));
        columns.push(Assigned { name, value });
    }
    Ok(columns)
}

/// `percentiles(value, 50, 95)` and its weighted form: a column for each percentile.
fn several_ranks(
    expressions: &mut Expressions<'_, '_>,
    call: &Call,
    first: usize,
    names: &[String],
    aggregations: &mut Aggregations,
) -> Result<Vec<(String, bool, Bound)>> {
    let (values, ranks) = call.arguments.split_at_checked(first).unwrap_or((&call.arguments, &[]));
    let single = call.name.text.replace("percentiles", "percentile");
    let mut columns = Vec::new();
    for (index, rank) in ranks.iter().enumerate() {
        let mut one = call.clone();
        one.name.text = single.clone();
        one.arguments = values.iter().chain([rank]).cloned().collect();
        let written = Expression {
            kind: ExpressionKind::Call(one),
            span: rank.span,
        };
        let bound = with_aggregations(expressions, &written, aggregations)?;
        let named = names.get(index).cloned();
        let rank = Expressions::new(&mut *expressions.binder, Row::None)
            .constant(rank, Phrase::APercentile)?
            .0;
        let rank = whotalks_kql_values::convert::to_text(&rank).replace('.', "_");
        let argument = call.arguments.first().and_then(implied).unwrap_or_default();
        let name = named.clone().unwrap_or_else(|| format!("percentile_{argument}_{rank}"));
        columns.push((name, named.is_some(), bound));
    }
    Ok(columns)
}

fn is_any(call: &Call) -> bool {
    let star = call
        .arguments
        .iter()
        .any(|argument| matches!(argument.kind, ExpressionKind::Star));
    matches!(call.name.text.as_str(), "take_any" | "any") && (star || call.arguments.len() > 1)
}

/// `take_any(*)` and `take_any(a, b)`: values of one row.
fn any_row(
    expressions: &mut Expressions<'_, '_>,
    call: &Call,
    names: &[String],
    keys: &[Assigned],
    aggregations: &mut Aggregations,
) -> Result<Vec<(String, bool, Bound)>> {
    let mut columns = row_columns(expressions, &call.arguments, keys)?;
    for (column, name) in columns.iter_mut().zip(names) {
        column.name = name.clone();
    }
    let first = constant(Value::Long(0), KustoType::Long);
    let (column_names, values): (Vec<_>, Vec<_>) =
        columns.into_iter().map(|column| (column.name, column.value)).unzip();
    let found = arg_extreme(
        ArgExtreme::Greatest,
        std::iter::once(first).chain(values).collect(),
        aggregations,
    );
    let named = |index: usize| index < names.len();
    let values = found.into_iter().skip(1);
    Ok(column_names
        .into_iter()
        .zip(values)
        .enumerate()
        .map(|(index, (name, value))| (name, named(index), value))
        .collect())
}
