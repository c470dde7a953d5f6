//! The rules of types that `+`, `-`, `*`, `/` and `%` have in common.
//!
//! Two int give long; long beside real gives real, beside decimal decimal; a dynamic operand takes the type of the
//! other one, two of them give a dynamic number. Whole numbers that overflow begin again at the other end, as in the
//! real engine; times that leave the years 1 to 9999 are null.

use crate::prelude::*;
use whotalks_kql_values::KustoType as T;

/// Looks up what an operator gives for two types of its own; `None` where it has no such rule.
pub(super) type Rule = fn(T, T) -> Option<([T; 2], T)>;

/// The common rules for numbers, or those of the operator.
pub(super) fn signature(
    function: &'static Function,
    arguments: &[Argument],
    own: Rule,
) -> Result<Signature, FunctionError> {
    let [left, right] = super::operands::pair(function, arguments)?;
    let found = own(left, right)
        .or_else(|| numbers(left, right))
        .or_else(|| dynamic(left, right, own));
    let (types, result) = found.ok_or_else(|| super::operands::do_not_fit(function, arguments))?;
    Ok(Signature {
        arguments: types.to_vec(),
        result,
    })
}

fn numbers(left: T, right: T) -> Option<([T; 2], T)> {
    let wider = left.wider(right)?.wider(T::Long)?;
    Some(([wider, wider], wider))
}

fn dynamic(left: T, right: T, own: Rule) -> Option<([T; 2], T)> {
    match (left, right) {
        (T::Dynamic, T::Dynamic) => Some(([T::Dynamic, T::Dynamic], T::Dynamic)),
        (T::Dynamic, other) | (other, T::Dynamic) if other.is_number() => numbers(other, other),
        (T::Dynamic, other) | (other, T::Dynamic) => own(other, other),
        _ => None,
    }
}

/// What an operator does with two numbers of one type.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    pub(super) long: fn(i64, i64) -> Option<i64>,
    pub(super) real: fn(f64, f64) -> f64,
    pub(super) decimal: fn(Decimal, Decimal) -> Option<Decimal>,
}

impl Numbers {
    /// The answer for two numbers, which have one type or are both dynamic.
    pub(super) fn apply(self, row: Row<'_>) -> Option<Value<'static>> {
        match (row.value(0), row.value(1)) {
            (Value::Long(left), Value::Long(right)) => (self.long)(*left, *right).map(Value::Long),
            (Value::Real(left), Value::Real(right)) => Some(Value::Real((self.real)(*left, *right))),
            (Value::Decimal(left), Value::Decimal(right)) => (self.decimal)(*left, *right).map(Value::Decimal),
            (Value::Dynamic(_), Value::Dynamic(_)) => self.dynamic(row),
            _ => None,
        }
    }

    fn dynamic(self, row: Row<'_>) -> Option<Value<'static>> {
        let (left, right) = (row.value(0).unpacked(), row.value(1).unpacked());
        let answer = match (&left, &right) {
            (Value::Long(left), Value::Long(right)) => Value::Long((self.long)(*left, *right)?),
            _ => Value::Real((self.real)(convert::to_real(&left)?, convert::to_real(&right)?)),
        };
        Some(Value::Dynamic(DynamicBuilder::value(&answer).into()))
    }
}

/// Reals and lengths of time: multiplied ticks, null where they do not fit.
pub(super) fn ticks(ticks: f64) -> Option<TimeSpan> {
    // The nearest real to the largest number of ticks is already too large.
    (ticks.abs() < i64::MAX as f64).then(|| TimeSpan::from_ticks(ticks as i64))
}
