use crate::prelude::*;
use whotalks_kql_values::calendar::TICKS_PER_SECOND;

use super::part::Part;

pub(super) static FUNCTION: Function = Function::new("datetime_part", Family::DateTime, PARAMETERS, Returns::INT, make)
    .also(&["datepart"])
    .does("One part of a time as a number.")
    .examples(&[
        example(
            "print datetime_part('week_of_year', datetime(2017-10-30 01:02:03.7654321))",
            "44",
        ),
        example(
            "print datetime_part('nanosecond', datetime(2017-10-30 01:02:03.7654321))",
            "765432100",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "part",
        Accepts::STRING,
        "year, quarter, month, week_of_year, day, dayOfYear, hour, minute, second or a part of it",
    )
    .constant(),
    Parameter::new("date", Accepts::DATETIME, "the time"),
];

fn make(arguments: &[Argument]) -> Made {
    let part = Part::of_argument("datetime_part", arguments, |part| part != Part::Week)?;
    maybe(move |row| number(part, row.datetime(1)?))
}

fn number(part: Part, time: DateTime) -> Option<i32> {
    let (date, clock) = (time.date(), time.clock());
    let ticks = i32::try_from(time.ticks() % TICKS_PER_SECOND).ok()?;
    Some(match part {
        Part::Year => date.year,
        Part::Quarter => (i32::from(date.month) - 1) / 3 + 1,
        Part::Month => i32::from(date.month),
        Part::WeekOfYear | Part::Week => date.iso_week(),
        Part::Day => i32::from(date.day),
        Part::DayOfYear => date.day_of_year(),
        Part::Hour => i32::from(clock.hour),
        Part::Minute => i32::from(clock.minute),
        Part::Second => i32::from(clock.second),
        Part::Millisecond => ticks / 10_000,
        Part::Microsecond => ticks / 10,
        Part::Nanosecond => ticks * 100,
    })
}
