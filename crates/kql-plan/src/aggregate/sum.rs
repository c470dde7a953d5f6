//! `sum`, `avg` and their conditional forms.

use datafusion::arrow::datatypes::DataType;
use datafusion::functions_aggregate::expr_fn;
use datafusion::logical_expr::{Expr, cast};
use datafusion::prelude::lit;
use whotalks_kql_values::KustoType;

use super::count::filtered;
use super::{Aggregation, Arguments, Prefix};
use crate::bind::{Bound, convert};
use crate::error::Result;
use crate::function::call;
use crate::phrase::Phrase;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["sum"],
        prefix: Prefix::Before("sum"),
        bind: |arguments| {
            let value = arguments.only()?;
            sum(arguments, value, None)
        },
    },
    Aggregation {
        names: &["sumif"],
        prefix: Prefix::Before("sumif"),
        bind: |arguments| {
            let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
            sum(arguments, value, Some(condition.expression))
        },
    },
    Aggregation {
        names: &["avg"],
        prefix: Prefix::Before("avg"),
        bind: |arguments| {
            let value = arguments.only()?;
            average(arguments, value, None)
        },
    },
    Aggregation {
        names: &["avgif"],
        prefix: Prefix::Before("avgif"),
        bind: |arguments| {
            let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
            average(arguments, value, Some(condition.expression))
        },
    },
];

/// The sum of what is not null; 0 where there is nothing.
fn sum(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>) -> Result<Bound> {
    let value = summable(arguments, value)?;
    let kusto_type = value.kusto_type;
    let total = arguments.add(filtered(expr_fn::sum(value.expression), condition), kusto_type);
    let nothing = match kusto_type {
        KustoType::Real => lit(0.0f64),
        KustoType::Decimal => return Ok(total),
        _ => lit(0i64),
    };
    let whole = datafusion::functions::expr_fn::coalesce(vec![total.expression, nothing]);
    Ok(Bound::computed(whole, kusto_type))
}

/// The mean of what is not null; no number where there is nothing, null for times.
fn average(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>) -> Result<Bound> {
    match value.kusto_type {
        KustoType::DateTime | KustoType::TimeSpan => average_ticks(arguments, value, condition),
        KustoType::Int | KustoType::Long | KustoType::Bool => average_whole(arguments, value, condition),
        _ => {
            let value = convert(value, KustoType::Real)?;
            let mean = arguments.add(filtered(expr_fn::avg(value.expression), condition), KustoType::Real);
            let whole = datafusion::functions::expr_fn::coalesce(vec![mean.expression, lit(f64::NAN)]);
            Ok(Bound::computed(whole, KustoType::Real))
        }
    }
}

/// Whole numbers are added up as whole numbers, so that a sum beyond the greatest wraps around as it does in Kusto.
fn average_whole(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>) -> Result<Bound> {
    let value = convert(value, KustoType::Long)?;
    let count = arguments.add(
        filtered(expr_fn::count(value.expression.clone()), condition.clone()),
        KustoType::Long,
    );
    let total = sum(arguments, value, condition)?;
    let [total, count] = [total, count].map(|whole| cast(whole.expression, DataType::Float64));
    Ok(Bound::computed(total / count, KustoType::Real))
}

fn average_ticks(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>) -> Result<Bound> {
    let kusto_type = value.kusto_type;
    let ticks = cast(value.expression, DataType::Float64);
    let mean = arguments.add(filtered(expr_fn::avg(ticks), condition), KustoType::Real);
    let whole = cast(mean.expression, DataType::Int64);
    Ok(Bound::computed(whole, kusto_type))
}

/// A value of a type that can be added up; `int` is added up as `long`.
fn summable(arguments: &Arguments<'_>, value: Bound) -> Result<Bound> {
    match value.kusto_type {
        KustoType::Long | KustoType::Real | KustoType::TimeSpan | KustoType::Decimal => Ok(value),
        KustoType::Int | KustoType::Bool => convert(value, KustoType::Long),
        KustoType::Dynamic => call("todouble", vec![value]),
        other => Err(arguments.refused(Phrase::DoesNotTake(other.to_string()))),
    }
}
