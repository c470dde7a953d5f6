use crate::prelude::*;
use whotalks_kql_values::calendar::TICKS_PER_MICROSECOND;

use super::unixtime::since_epoch;

pub(super) static FUNCTION: Function = Function::new(
    "unixtime_microseconds_todatetime",
    Family::DateTime,
    PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("The time that many microseconds after 1970-01-01.")
.examples(&[example(
    "print unixtime_microseconds_todatetime(1546300800000000)",
    "2019-01-01T00:00:00.0000000Z",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "number",
    Accepts::Number,
    "microseconds since 1970-01-01T00:00:00Z",
)];

fn make(_: &[Argument]) -> Made {
    maybe(|row| since_epoch(row, TICKS_PER_MICROSECOND))
}
