//! `count`, `countif`, `dcount`, `count_distinct` and their conditional forms.

use datafusion::functions_aggregate::expr_fn;
use datafusion::logical_expr::{Expr, ExprFunctionExt, when};
use datafusion::prelude::lit;
use whotalks_kql_values::KustoType;

use super::distinct::distinct_values;
use super::{Aggregation, Arguments, Prefix};
use crate::bind::Bound;
use crate::error::Result;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["count"],
        prefix: Prefix::Before("count"),
        bind: |arguments| Ok(count(arguments, None)),
    },
    Aggregation {
        names: &["countif"],
        prefix: Prefix::Before("countif"),
        bind: |arguments| {
            let condition = arguments.only()?;
            Ok(count(arguments, Some(condition.expression)))
        },
    },
    Aggregation {
        names: &["dcount"],
        prefix: Prefix::Before("dcount"),
        bind: |arguments| {
            let value = arguments.value(0)?;
            Ok(estimated(arguments, value, None))
        },
    },
    Aggregation {
        names: &["dcountif"],
        prefix: Prefix::Before("dcountif"),
        bind: |arguments| {
            let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
            Ok(estimated(arguments, value, Some(condition.expression)))
        },
    },
    Aggregation {
        names: &["count_distinct"],
        prefix: Prefix::Before("count_distinct"),
        bind: |arguments| {
            let value = arguments.only()?;
            distinct(arguments, value, None)
        },
    },
    Aggregation {
        names: &["count_distinctif"],
        prefix: Prefix::Before("count_distinctif"),
        bind: distinct_if,
    },
];

fn distinct_if(arguments: &mut Arguments<'_>) -> Result<Bound> {
    let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
    distinct(arguments, value, Some(condition.expression))
}

/// Rows, whatever they hold: `count(x)` counts nulls, too, as the engine of Kusto does.
fn count(arguments: &mut Arguments<'_>, condition: Option<Expr>) -> Bound {
    let call = filtered(expr_fn::count(lit(1i64)), condition);
    arguments.add(call, KustoType::Long)
}

/// Different values that are not null: counted while they are few, then estimated, as Kusto does.
fn estimated(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>) -> Bound {
    let call = distinct_values(value, condition);
    arguments.add(call, KustoType::Long)
}

/// Different values that are not null, all of them counted.
fn distinct(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>) -> Result<Bound> {
    // The engine may turn the count of different values into groups, where a filter beside it would be lost: what does not count
    // is null instead.
    let value = match condition {
        Some(condition) => when(condition, value.expression).end()?,
        None => value.expression,
    };
    let call = expr_fn::count_distinct(value);
    Ok(arguments.add(call, KustoType::Long))
}

/// An aggregation over the rows for which a condition is true.
pub(super) fn filtered(call: Expr, condition: Option<Expr>) -> Expr {
    let Some(condition) = condition else {
        return call;
    };
    // A call of an aggregation takes a condition; should it not, it stays whole and the engine refuses it.
    call.clone()
        .filter(crate::bind::bare(condition))
        .build()
        .unwrap_or(call)
}
