use super::period::{self, Period};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "startofday",
    Family::DateTime,
    period::PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("The beginning of the day of a time.")
.examples(&[
    example(
        "print startofday(datetime(2017-01-01 10:10:17))",
        "2017-01-01T00:00:00.0000000Z",
    ),
    example(
        "print startofday(datetime(2017-01-01 10:10:17), -1)",
        "2016-12-31T00:00:00.0000000Z",
    ),
]);

fn make(arguments: &[Argument]) -> Made {
    period::make_start(Period::Day, arguments)
}
