use crate::prelude::*;
use whotalks_kql_values::calendar::TICKS_PER_DAY;

pub(super) static FUNCTION: Function =
    Function::new("dayofweek", Family::DateTime, PARAMETERS, Returns::TIMESPAN, make)
        .does("The days since the last Sunday, as a length of time.")
        .examples(&[example("print dayofweek(datetime(2020-06-15 13:45))", "1.00:00:00")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("date", Accepts::DATETIME, "the time")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        Some(TimeSpan::from_ticks(
            row.datetime(0)?.date().day_of_week() * TICKS_PER_DAY,
        ))
    })
}
