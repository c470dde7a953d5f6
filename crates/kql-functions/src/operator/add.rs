use crate::prelude::*;
use whotalks_kql_values::KustoType as T;

use super::arithmetic::{self, Numbers};

pub(super) static FUNCTION: Function = Function::new(
    "+",
    Family::Operator,
    super::operands::ARITHMETIC,
    Returns::Own(signature),
    make,
)
.does("The sum of two numbers or lengths of time, or a later time.")
.examples(&[
    example("print 1 + 2.5", "3.5"),
    example("print datetime(2020-01-31) + 1d", "2020-02-01T00:00:00.0000000Z"),
    example("print 9223372036854775807 + 1", "-9223372036854775808"),
]);

const NUMBERS: Numbers = Numbers {
    long: |left, right| Some(left.wrapping_add(right)),
    real: |left, right| left + right,
    decimal: Decimal::checked_add,
};

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    arithmetic::signature(function, arguments, |left, right| match (left, right) {
        (T::TimeSpan, T::TimeSpan) => Some(([left, right], T::TimeSpan)),
        (T::DateTime, T::TimeSpan) | (T::TimeSpan, T::DateTime) => Some(([left, right], T::DateTime)),
        _ => None,
    })
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| match (row.value(0), row.value(1)) {
        (Value::TimeSpan(left), Value::TimeSpan(right)) => left
            .ticks()
            .checked_add(right.ticks())
            .map(|ticks| TimeSpan::from_ticks(ticks).into()),
        (Value::DateTime(time), Value::TimeSpan(span)) | (Value::TimeSpan(span), Value::DateTime(time)) => {
            time.checked_add(*span).map(Value::DateTime)
        }
        _ => NUMBERS.apply(row),
    })
}
