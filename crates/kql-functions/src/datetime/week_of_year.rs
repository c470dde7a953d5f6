use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("week_of_year", Family::DateTime, PARAMETERS, Returns::INT, make)
    .also(&["weekofyear"])
    .does("The week of a time as ISO 8601 counts it, 1 to 53.")
    .examples(&[
        example("print week_of_year(datetime(2016-01-01))", "53"),
        example("print week_of_year(datetime(2020-12-31))", "53"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("date", Accepts::DATETIME, "the time")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.datetime(0).map(|time| time.date().iso_week()))
}
