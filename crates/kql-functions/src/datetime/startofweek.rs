use super::period::{self, Period};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "startofweek",
    Family::DateTime,
    period::PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("The beginning of the week of a time; weeks begin on Sunday.")
.examples(&[
    example(
        "print startofweek(datetime(2017-01-01 10:10:17))",
        "2017-01-01T00:00:00.0000000Z",
    ),
    example(
        "print startofweek(datetime(2017-01-01 10:10:17), -1)",
        "2016-12-25T00:00:00.0000000Z",
    ),
]);

fn make(arguments: &[Argument]) -> Made {
    period::make_start(Period::Week, arguments)
}
