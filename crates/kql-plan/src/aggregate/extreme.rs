//! `min`, `max` and their conditional forms.

use std::cmp::Ordering;

use datafusion::functions_aggregate::expr_fn;
use datafusion::logical_expr::Expr;
use serde::{Deserialize, Serialize};
use whotalks_kql_values::{DynamicBuilder, DynamicView, KustoType, Value, compare};

use super::count::filtered;
use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::Bound;
use crate::error::Result;
use crate::physical::Cell;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["min"],
        prefix: Prefix::Before("min"),
        bind: |arguments| plain(arguments, Extreme::Least),
    },
    Aggregation {
        names: &["max"],
        prefix: Prefix::Before("max"),
        bind: |arguments| plain(arguments, Extreme::Greatest),
    },
    Aggregation {
        names: &["minif"],
        prefix: Prefix::Before("minif"),
        bind: |arguments| conditional(arguments, Extreme::Least),
    },
    Aggregation {
        names: &["maxif"],
        prefix: Prefix::Before("maxif"),
        bind: |arguments| conditional(arguments, Extreme::Greatest),
    },
];

fn plain(arguments: &mut Arguments<'_>, extreme: Extreme) -> Result<Bound> {
    let value = arguments.only()?;
    Ok(add(arguments, value, extreme, None))
}

fn conditional(arguments: &mut Arguments<'_>, extreme: Extreme) -> Result<Bound> {
    let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
    Ok(add(arguments, value, extreme, Some(condition.expression)))
}

fn add(arguments: &mut Arguments<'_>, value: Bound, extreme: Extreme, condition: Option<Expr>) -> Bound {
    let kusto_type = value.kusto_type;
    let call = match kusto_type {
        KustoType::Real | KustoType::Dynamic => by_rows(value, extreme, condition),
        _ => filtered(extreme.engine()(value.expression), condition),
    };
    arguments.add(call, kusto_type)
}

/// Which value is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Extreme {
    Least,
    Greatest,
}

impl Extreme {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Least => "min",
            Self::Greatest => "max",
        }
    }

    fn engine(self) -> fn(Expr) -> Expr {
        match self {
            Self::Least => expr_fn::min,
            Self::Greatest => expr_fn::max,
        }
    }

    fn wanted(self) -> Ordering {
        match self {
            Self::Least => Ordering::Less,
            Self::Greatest => Ordering::Greater,
        }
    }
}

/// Of real numbers what is no number wins either way, which the engine has otherwise.
fn by_rows(value: Bound, extreme: Extreme, condition: Option<Expr>) -> Expr {
    let aggregation = RowAggregation {
        gathering: Gathering::Extreme(extreme),
        arguments: vec![value.kusto_type],
        result: value.kusto_type,
    };
    aggregation.call(vec![value], condition)
}

pub(super) fn begin(extreme: Extreme) -> Box<dyn Gather> {
    Box::new(Best {
        extreme,
        best: Value::Null,
    })
}

#[derive(Debug)]
struct Best {
    extreme: Extreme,
    best: Value<'static>,
}

impl Best {
    fn add(&mut self, value: &Value<'_>) {
        if beats(value, &self.best, self.extreme.wanted()) {
            self.best = value.clone().into_owned();
        }
    }
}

/// Whether a value takes the place of another: every value that of null, what is no number that of every number.
pub(super) fn beats(new: &Value<'_>, best: &Value<'_>, wanted: Ordering) -> bool {
    if let (Value::DateTime(new), Value::DateTime(best)) = (new, best) {
        // What nearly every `arg_max` compares.
        return new.cmp(best) == wanted;
    }
    let no_number = |value: &Value<'_>| matches!(value, Value::Real(number) if number.is_nan());
    if new.is_null() || no_number(best) {
        return false;
    }
    best.is_null() || no_number(new) || compare(&new.unpacked(), &best.unpacked()) == Some(wanted)
}

impl Gather for Best {
    fn take(&mut self, row: &[Value<'_>]) {
        self.add(row.first().unwrap_or(&Value::Null));
    }

    fn state(&self) -> Vec<u8> {
        DynamicBuilder::value(&self.best)
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        self.add(&state.to_value());
    }

    fn result(&self) -> Value<'static> {
        self.best.clone()
    }

    fn bytes(&self) -> usize {
        self.best.as_text().map_or(0, str::len)
    }
}
