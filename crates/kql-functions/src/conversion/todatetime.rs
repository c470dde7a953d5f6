use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("todatetime", Family::Conversion, PARAMETERS, Returns::DATETIME, make)
        .does("Makes a time: reads ISO 8601, RFC 822, RFC 850 and American dates; numbers are ticks since the year 1.")
        .examples(&[
            example(
                "print todatetime('2020-06-15 13:45:09')",
                "2020-06-15T13:45:09.0000000Z",
            ),
            example("print todatetime('12-02-2022')", "2022-12-02T00:00:00.0000000Z"),
            example("print todatetime('not a date')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_datetime(row.value(0)))
}
