use super::period::{self, Period};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "startofmonth",
    Family::DateTime,
    period::PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("The beginning of the month of a time.")
.examples(&[
    example(
        "print startofmonth(datetime(2017-01-01 10:10:17))",
        "2017-01-01T00:00:00.0000000Z",
    ),
    example(
        "print startofmonth(datetime(2017-01-01 10:10:17), -1)",
        "2016-12-01T00:00:00.0000000Z",
    ),
]);

fn make(arguments: &[Argument]) -> Made {
    period::make_start(Period::Month, arguments)
}
