//! `min`, `max` and their conditional forms.

use datafusion::functions_aggregate::expr_fn;
use datafusion::logical_expr::Expr;

use super::count::filtered;
use super::{Aggregation, Arguments, Prefix};
use crate::bind::Bound;
use crate::error::Result;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["min"],
        prefix: Prefix::Before("min"),
        bind: |arguments| plain(arguments, expr_fn::min),
    },
    Aggregation {
        names: &["max"],
        prefix: Prefix::Before("max"),
        bind: |arguments| plain(arguments, expr_fn::max),
    },
    Aggregation {
        names: &["minif"],
        prefix: Prefix::Before("minif"),
        bind: |arguments| conditional(arguments, expr_fn::min),
    },
    Aggregation {
        names: &["maxif"],
        prefix: Prefix::Before("maxif"),
        bind: |arguments| conditional(arguments, expr_fn::max),
    },
];

fn plain(arguments: &mut Arguments<'_>, extreme: fn(Expr) -> Expr) -> Result<Bound> {
    let value = arguments.only()?;
    Ok(arguments.add(extreme(value.expression), value.kusto_type))
}

fn conditional(arguments: &mut Arguments<'_>, extreme: fn(Expr) -> Expr) -> Result<Bound> {
    let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
    let call = filtered(extreme(value.expression), Some(condition.expression));
    Ok(arguments.add(call, value.kusto_type))
}
