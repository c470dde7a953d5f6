use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "unixtime_nanoseconds_todatetime",
    Family::DateTime,
    PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("The time that many nanoseconds after 1970-01-01.")
.examples(&[example(
    "print unixtime_nanoseconds_todatetime(1546300800000000000)",
    "2019-01-01T00:00:00.0000000Z",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "number",
    Accepts::Number,
    "nanoseconds since 1970-01-01T00:00:00Z",
)];

fn make(_: &[Argument]) -> Made {
    maybe(|row| DateTime::from_unix_nanoseconds(convert::to_long(row.value(0))?))
}
