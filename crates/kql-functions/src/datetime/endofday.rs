use super::period::{self, Period};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "endofday",
    Family::DateTime,
    period::PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("The last tick of the day of a time.")
.examples(&[
    example(
        "print endofday(datetime(2017-01-01 10:10:17))",
        "2017-01-01T23:59:59.9999999Z",
    ),
    example(
        "print endofday(datetime(2017-01-01 10:10:17), -1)",
        "2016-12-31T23:59:59.9999999Z",
    ),
]);

fn make(arguments: &[Argument]) -> Made {
    period::make_end(Period::Day, arguments)
}
