use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("dayofyear", Family::DateTime, PARAMETERS, Returns::INT, make)
    .does("The day of the year of a time, 1 to 366.")
    .examples(&[example("print dayofyear(datetime(2015-12-14))", "348")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("date", Accepts::DATETIME, "the time")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.datetime(0).map(|time| time.date().day_of_year()))
}
