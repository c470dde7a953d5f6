use super::period::{self, Period};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "endofyear",
    Family::DateTime,
    period::PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("The last tick of the year of a time.")
.examples(&[
    example(
        "print endofyear(datetime(2017-01-01 10:10:17))",
        "2017-12-31T23:59:59.9999999Z",
    ),
    example(
        "print endofyear(datetime(2017-01-01 10:10:17), -1)",
        "2016-12-31T23:59:59.9999999Z",
    ),
]);

fn make(arguments: &[Argument]) -> Made {
    period::make_end(Period::Year, arguments)
}
