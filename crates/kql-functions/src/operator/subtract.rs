use crate::prelude::*;
use whotalks_kql_values::KustoType as T;

use super::arithmetic::{self, Numbers};

pub(super) static FUNCTION: Function = Function::new(
    "-",
    Family::Operator,
    super::operands::ARITHMETIC,
    Returns::Own(signature),
    make,
)
.does("The difference of two numbers, times or lengths of time, or an earlier time.")
.examples(&[
    example("print 1 - 2.5", "-1.5"),
    example("print datetime(2020-01-02) - datetime(2020-01-01)", "1.00:00:00"),
    example("print datetime(0001-01-01) - 1d", "null"),
]);

const NUMBERS: Numbers = Numbers {
    long: |left, right| Some(left.wrapping_sub(right)),
    real: |left, right| left - right,
    decimal: Decimal::checked_sub,
};

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    arithmetic::signature(function, arguments, |left, right| match (left, right) {
        (T::TimeSpan, T::TimeSpan) | (T::DateTime, T::DateTime) => Some(([left, right], T::TimeSpan)),
        (T::DateTime, T::TimeSpan) => Some(([left, right], T::DateTime)),
        _ => None,
    })
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| match (row.value(0), row.value(1)) {
        (Value::TimeSpan(left), Value::TimeSpan(right)) => left
            .ticks()
            .checked_sub(right.ticks())
            .map(|ticks| TimeSpan::from_ticks(ticks).into()),
        (Value::DateTime(left), Value::DateTime(right)) => Some(left.since(*right).into()),
        (Value::DateTime(time), Value::TimeSpan(span)) => time.checked_sub(*span).map(Value::DateTime),
        _ => NUMBERS.apply(row),
    })
}
