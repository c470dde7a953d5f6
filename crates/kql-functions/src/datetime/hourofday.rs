use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("hourofday", Family::DateTime, PARAMETERS, Returns::INT, make)
    .does("The hour of a time, 0 to 23.")
    .examples(&[example("print hourofday(datetime(2015-12-14 18:54))", "18")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("date", Accepts::DATETIME, "the time")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.datetime(0).map(|time| i32::from(time.clock().hour)))
}
