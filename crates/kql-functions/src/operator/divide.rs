use crate::prelude::*;
use whotalks_kql_values::KustoType as T;

use super::arithmetic::{self, Numbers, ticks};
use super::multiply::scale;

pub(super) static FUNCTION: Function = Function::new(
    "/",
    Family::Operator,
    super::operands::ARITHMETIC,
    Returns::Own(signature),
    make,
)
.does("The quotient: whole for whole numbers (null by zero), real for reals and for two lengths of time.")
.examples(&[
    example("print 7 / -2", "-3"),
    example("print 1 / 0", "null"),
    example("print 1.0 / 0.0", "Infinity"),
    example("print 1d / 1h", "24.0"),
    example("print 1d / 2", "12:00:00"),
]);

const NUMBERS: Numbers = Numbers {
    long: |left, right| (right != 0).then(|| left.wrapping_div(right)),
    real: |left, right| left / right,
    decimal: Decimal::checked_div,
};

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    arithmetic::signature(function, arguments, |left, right| match (left, right) {
        (T::TimeSpan | T::DateTime, T::TimeSpan) => Some(([left, right], T::Real)),
        (T::TimeSpan, number) if number.is_number() => Some(([left, scale(number)], T::TimeSpan)),
        _ => None,
    })
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let dividend = row
            .timespan(0)
            .map(TimeSpan::ticks)
            .or_else(|| row.datetime(0).map(DateTime::ticks));
        let Some(dividend) = dividend else {
            return NUMBERS.apply(row);
        };
        match row.value(1) {
            Value::TimeSpan(divisor) => Some(Value::Real(dividend as f64 / divisor.ticks() as f64)),
            Value::Long(divisor) => dividend
                .checked_div(*divisor)
                .map(|ticks| TimeSpan::from_ticks(ticks).into()),
            Value::Real(divisor) => ticks(dividend as f64 / divisor).map(Value::TimeSpan),
            _ => None,
        }
    })
}
