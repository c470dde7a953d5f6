//! `take_any`: the value of some row.

use datafusion::functions_aggregate::expr_fn;
use datafusion::logical_expr::Expr;

use super::count::filtered;
use super::{Aggregation, Arguments, Prefix};
use crate::bind::Bound;
use crate::error::Result;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["take_any"],
        prefix: Prefix::None,
        bind: plain,
    },
    Aggregation {
        names: &["any"],
        prefix: Prefix::Before("any"),
        bind: plain,
    },
    Aggregation {
        names: &["take_anyif"],
        prefix: Prefix::None,
        bind: conditional,
    },
    Aggregation {
        names: &["anyif"],
        prefix: Prefix::Before("any"),
        bind: conditional,
    },
];

fn plain(arguments: &mut Arguments<'_>) -> Result<Bound> {
    let value = arguments.only()?;
    some(arguments, value, None)
}

fn conditional(arguments: &mut Arguments<'_>) -> Result<Bound> {
    let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
    some(arguments, value, Some(condition.expression))
}

/// The smallest value, so that two runs say the same; any would do.
fn some(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>) -> Result<Bound> {
    let call = filtered(expr_fn::min(value.expression), condition);
    Ok(arguments.add(call, value.kusto_type))
}
