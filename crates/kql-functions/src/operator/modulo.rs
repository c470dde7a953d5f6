use crate::prelude::*;
use whotalks_kql_values::KustoType as T;

use super::arithmetic::{self, Numbers};

pub(super) static FUNCTION: Function = Function::new(
    "%",
    Family::Operator,
    super::operands::ARITHMETIC,
    Returns::Own(signature),
    make,
)
.does("What is left of a division; never negative, whatever the signs.")
.examples(&[
    example("print -5 % 3", "1"),
    example("print -5 % -3", "1"),
    example("print 5.5 % -3.0", "2.5"),
    example("print 1d % 5h", "04:00:00"),
    example("print 1 % 0", "null"),
]);

const NUMBERS: Numbers = Numbers {
    long: |left, right| (right != 0).then(|| left.wrapping_rem_euclid(right)),
    real: f64::rem_euclid,
    decimal: Decimal::checked_rem,
};

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    arithmetic::signature(function, arguments, |left, right| match (left, right) {
        (T::TimeSpan | T::DateTime, T::TimeSpan) => Some(([left, right], T::TimeSpan)),
        _ => None,
    })
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let dividend = row
            .timespan(0)
            .map(TimeSpan::ticks)
            .or_else(|| row.datetime(0).map(DateTime::ticks));
        match (dividend, row.timespan(1)) {
            (Some(dividend), Some(divisor)) => dividend
                .checked_rem_euclid(divisor.ticks())
                .map(|ticks| TimeSpan::from_ticks(ticks).into()),
            _ => NUMBERS.apply(row),
        }
    })
}
