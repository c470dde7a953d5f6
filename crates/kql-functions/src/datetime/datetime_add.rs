use super::part::Part;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("datetime_add", Family::DateTime, PARAMETERS, Returns::DATETIME, make)
        .does("A later time by so many parts; the last day of the month where the day does not exist.")
        .examples(&[
            example(
                "print datetime_add('month', 1, datetime(2020-01-31))",
                "2020-02-29T00:00:00.0000000Z",
            ),
            example(
                "print datetime_add('week', 100, datetime(2017-01-01))",
                "2018-12-02T00:00:00.0000000Z",
            ),
            example("print datetime_add('day', -1, datetime(0001-01-01))", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "part",
        Accepts::STRING,
        "year, quarter, month, week, day, hour, minute, second or a part of it",
    )
    .constant(),
    Parameter::new("value", Accepts::Integer, "how many"),
    Parameter::new("datetime", Accepts::DATETIME, "the time"),
];

fn make(arguments: &[Argument]) -> Made {
    let part = Part::of_argument("datetime_add", arguments, Part::counts)?;
    maybe(move |row| {
        let (count, time) = (row.long(1)?, row.datetime(2)?);
        if let Some(months) = part.months() {
            return time.add_months(count.checked_mul(months)?);
        }
        let ticks = match part.ticks() {
            Some(ticks) => count.checked_mul(ticks)?,
            None => count / 100,
        };
        time.checked_add(TimeSpan::from_ticks(ticks))
    })
}
