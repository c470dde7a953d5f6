use super::part::Part;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "datetime_diff",
    Family::DateTime,
    PARAMETERS,
    Returns::Own(signature),
    make,
)
.does("How many borders of a part lie between two times: the first minus the second.")
.differs("As in the real engine, `week` gives a real.")
.examples(&[
    example(
        "print datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31))",
        "17",
    ),
    example(
        "print datetime_diff('hour', datetime(2017-10-31 01:00), datetime(2017-10-30 23:59))",
        "2",
    ),
    example(
        "print datetime_diff('day', datetime(2020-01-01 23:00), datetime(2020-01-01 01:00))",
        "0",
    ),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "part",
        Accepts::STRING,
        "year, quarter, month, week, day, hour, minute, second or a part of it",
    )
    .constant(),
    Parameter::new("datetime1", Accepts::DATETIME, "the later time"),
    Parameter::new("datetime2", Accepts::DATETIME, "the earlier time"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let types = turn(function, arguments)?;
    let week = Part::of_argument(function.name, arguments, Part::counts)? == Part::Week;
    Ok(Signature {
        arguments: types,
        result: if week { KustoType::Real } else { KustoType::Long },
    })
}

fn make(arguments: &[Argument]) -> Made {
    let part = Part::of_argument("datetime_diff", arguments, Part::counts)?;
    if part == Part::Week {
        return maybe(move |row| Some((borders(part, row.datetime(1)?)? - borders(part, row.datetime(2)?)?) as f64));
    }
    maybe(move |row| Some(borders(part, row.datetime(1)?)? - borders(part, row.datetime(2)?)?))
}

/// How many borders of a part lie before a time.
fn borders(part: Part, time: DateTime) -> Option<i64> {
    let date = time.date();
    if let Some(months) = part.months() {
        return Some((i64::from(date.year) * 12 + i64::from(date.month) - 1) / months);
    }
    match part {
        // 0001-01-01 was a Monday; weeks begin on Sunday.
        Part::Week => Some((date.days() + 1) / 7),
        _ => match part.ticks() {
            Some(ticks) => Some(time.ticks() / ticks),
            None => time.ticks().checked_mul(100),
        },
    }
}
