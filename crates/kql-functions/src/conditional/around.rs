use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

pub(super) static FUNCTION: Function = Function::new("around", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .does("Whether a value is no further from a centre than a distance.")
    .examples(&[
        example("print around(5, 3, 2)", "True"),
        example(
            "print around(datetime(2020-01-01 02:00), datetime(2020-01-01), 1h)",
            "False",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Summable, "the value"),
    Parameter::new("center", Accepts::Summable, "the centre"),
    Parameter::new("delta", Accepts::Summable, "the distance"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let distance = match (row.value(0), row.value(1)) {
            (Value::DateTime(left), Value::DateTime(right)) => Value::TimeSpan(left.since(*right)),
            (Value::TimeSpan(left), Value::TimeSpan(right)) => {
                Value::TimeSpan(TimeSpan::from_ticks(left.ticks().checked_sub(right.ticks())?))
            }
            _ => Value::Real(row.real(0)? - row.real(1)?),
        };
        let size = match distance {
            Value::TimeSpan(span) => Value::TimeSpan(TimeSpan::from_ticks(span.ticks().checked_abs()?)),
            Value::Real(number) => Value::Real(number.abs()),
            other => other,
        };
        Some(compare(&size, row.value(2)).is_some_and(Ordering::is_le))
    })
}
