use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("dayofmonth", Family::DateTime, PARAMETERS, Returns::INT, make)
    .does("The day of the month of a time, 1 to 31.")
    .examples(&[example("print dayofmonth(datetime(2015-12-14))", "14")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("date", Accepts::DATETIME, "the time")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.datetime(0).map(|time| i32::from(time.date().day)))
}
