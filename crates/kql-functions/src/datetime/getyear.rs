use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("getyear", Family::DateTime, PARAMETERS, Returns::INT, make)
    .does("The year of a time.")
    .examples(&[example("print getyear(datetime(2020-06-15))", "2020")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("date", Accepts::DATETIME, "the time")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.datetime(0).map(|time| time.date().year))
}
