use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("monthofyear", Family::DateTime, PARAMETERS, Returns::INT, make)
    .also(&["getmonth"])
    .does("The month of a time, 1 to 12.")
    .examples(&[example("print monthofyear(datetime(2015-12-14))", "12")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("date", Accepts::DATETIME, "the time")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.datetime(0).map(|time| i32::from(time.date().month)))
}
