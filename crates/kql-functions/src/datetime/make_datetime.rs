use crate::prelude::*;
use whotalks_kql_values::calendar::{Clock, Date, TICKS_PER_SECOND};

pub(super) static FUNCTION: Function = Function::new(
    "make_datetime",
    Family::DateTime,
    PARAMETERS,
    Returns::Own(signature),
    make,
)
.does("Makes a time of its numbers; null where they name none.")
.examples(&[
    example(
        "print make_datetime(2017, 10, 1, 12, 11, 0.1234567)",
        "2017-10-01T12:11:00.1234567Z",
    ),
    example("print make_datetime(2017, 2, 30)", "null"),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "year",
        Accepts::Scalar,
        "the year; alone, anything that is converted to a time",
    ),
    Parameter::optional("month", Accepts::Number, "1 to 12"),
    Parameter::optional("day", Accepts::Number, "1 to 31"),
    Parameter::optional("hour", Accepts::Number, "0 to 23"),
    Parameter::optional("minute", Accepts::Number, "0 to 59"),
    Parameter::optional("second", Accepts::Number, "0 to 59, with a fraction"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let types = turn(function, arguments)?;
    if types.len() == 1 {
        return Ok(Signature::all(1, KustoType::DateTime, KustoType::DateTime));
    }
    let long = |index: usize| if index == 5 { KustoType::Real } else { KustoType::Long };
    Ok(Signature {
        arguments: (0..types.len()).map(long).collect(),
        result: KustoType::DateTime,
    })
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        if row.values().len() == 1 {
            return row.datetime(0);
        }
        let part = |index: usize| row.long(index).and_then(|number| u8::try_from(number).ok());
        let date = Date::new(i32::try_from(row.long(0)?).ok()?, part(1)?, part(2)?)?;
        let given = row.values().len();
        let optional = |index: usize| if index < given { part(index) } else { Some(0) };
        let seconds = row.real(5).unwrap_or(0.0);
        let ticks = (seconds * TICKS_PER_SECOND as f64).round();
        let known = (0.0..60.0).contains(&seconds) && ticks < 60.0 * TICKS_PER_SECOND as f64;
        let clock = known.then(|| Clock::new(optional(3)?, optional(4)?, 0, 0))??;
        DateTime::new(date, clock)?.checked_add(TimeSpan::from_ticks(ticks as i64))
    })
}
