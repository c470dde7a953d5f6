use crate::prelude::*;
use whotalks_kql_values::calendar::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};

pub(super) static FUNCTION: Function = Function::new(
    "make_timespan",
    Family::DateTime,
    PARAMETERS,
    Returns::Own(signature),
    make,
)
.does("Makes a length of time of its numbers: hours and minutes, with seconds, with days before them.")
.examples(&[
    example("print make_timespan(1, 12, 30, 55.123)", "1.12:30:55.1230000"),
    example("print make_timespan(1, 12)", "01:12:00"),
    example("print make_timespan(0, 25, 61, 61)", "null"),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "days or hours",
        Accepts::Scalar,
        "days where four numbers are given; alone, anything that is converted",
    ),
    Parameter::optional("hours or minutes", Accepts::Number, "0 to 23, or 0 to 59"),
    Parameter::optional("minutes or seconds", Accepts::Number, "0 to 59"),
    Parameter::optional("seconds", Accepts::Number, "0 to 59, with a fraction"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let types = turn(function, arguments)?;
    let count = types.len();
    if count == 1 {
        return Ok(Signature::all(1, KustoType::TimeSpan, KustoType::TimeSpan));
    }
    let seconds = if count == 4 { 3 } else { 2 };
    let number = |index: usize| {
        if index == seconds {
            KustoType::Real
        } else {
            KustoType::Long
        }
    };
    Ok(Signature {
        arguments: (0..count).map(number).collect(),
        result: KustoType::TimeSpan,
    })
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| match row.values().len() {
        1 => row.timespan(0),
        4 => sum(row.long(0)?, row.long(1)?, row.long(2)?, row.real(3)?),
        3 => sum(0, row.long(0)?, row.long(1)?, row.real(2)?),
        _ => sum(0, row.long(0)?, row.long(1)?, 0.0),
    })
}

fn sum(days: i64, hours: i64, minutes: i64, seconds: f64) -> Option<TimeSpan> {
    let known = days >= 0 && (0..24).contains(&hours) && (0..60).contains(&minutes) && (0.0..60.0).contains(&seconds);
    known.then_some(())?;
    let ticks = (seconds * TICKS_PER_SECOND as f64).round() as i64;
    let clock = hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE + ticks;
    days.checked_mul(TICKS_PER_DAY)?
        .checked_add(clock)
        .map(TimeSpan::from_ticks)
}
