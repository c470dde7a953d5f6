use crate::prelude::*;
use whotalks_kql_values::KustoType as T;

use super::arithmetic::{self, Numbers, ticks};

pub(super) static FUNCTION: Function = Function::new(
    "*",
    Family::Operator,
    super::operands::ARITHMETIC,
    Returns::Own(signature),
    make,
)
.does("The product of two numbers, or of a length of time and a number.")
.examples(&[
    example("print 2 * 2.5", "5.0"),
    example("print -2 * 1h", "-02:00:00"),
    example("print 1d * 2.5", "2.12:00:00"),
]);

const NUMBERS: Numbers = Numbers {
    long: |left, right| Some(left.wrapping_mul(right)),
    real: |left, right| left * right,
    decimal: Decimal::checked_mul,
};

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    arithmetic::signature(function, arguments, |left, right| match (left, right) {
        (T::TimeSpan, number) if number.is_number() => Some(([left, scale(number)], T::TimeSpan)),
        (number, T::TimeSpan) if number.is_number() => Some(([scale(number), right], T::TimeSpan)),
        _ => None,
    })
}

/// Whole numbers stay whole, so that ticks are exact.
pub(super) fn scale(number: T) -> T {
    if number.is_integer() { T::Long } else { T::Real }
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let span = row.timespan(0).or_else(|| row.timespan(1));
        let Some(span) = span.map(TimeSpan::ticks) else {
            return NUMBERS.apply(row);
        };
        let product = match row.long(0).or_else(|| row.long(1)) {
            Some(number) => span.checked_mul(number).map(TimeSpan::from_ticks),
            None => ticks(span as f64 * row.real(0).or_else(|| row.real(1))?),
        };
        product.map(Value::TimeSpan)
    })
}
