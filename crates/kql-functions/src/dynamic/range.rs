use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("range", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Makes an array of values from a start to a stop, at most 1,048,576 of them.")
    .examples(&[
        example("print range(1, 8, 3)", "[1,4,7]"),
        example(
            "print range(datetime(2020-01-01), datetime(2020-01-02), 1d)",
            "[\"2020-01-01T00:00:00.0000000Z\",\"2020-01-02T00:00:00.0000000Z\"]",
        ),
    ]);

/// The limit of the real engine.
const MOST_ELEMENTS: usize = 1_048_576;

static PARAMETERS: &[Parameter] = &[
    Parameter::new("start", Accepts::Summable, "the first value"),
    Parameter::new("stop", Accepts::Summable, "the value that none goes beyond"),
    Parameter::optional(
        "step",
        Accepts::Summable,
        "the difference; 1 or an hour where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| match (row.value(0), row.value(1)) {
        (Value::Real(_), _) | (_, Value::Real(_)) => Some(reals(row.real(0)?, row.real(1)?, step_real(row)?)),
        (Value::DateTime(start), Value::DateTime(stop)) => {
            let ticks = whole(start.ticks(), stop.ticks(), step_ticks(row)?);
            Some(DynamicBuilder::array(
                ticks.filter_map(DateTime::from_ticks).map(DynamicBuilder::datetime),
            ))
        }
        (Value::TimeSpan(start), Value::TimeSpan(stop)) => {
            let ticks = whole(start.ticks(), stop.ticks(), step_ticks(row)?);
            Some(DynamicBuilder::array(
                ticks.map(TimeSpan::from_ticks).map(DynamicBuilder::timespan),
            ))
        }
        _ if row.values().len() > 2 && row.long(2).is_none() => Some(reals(row.real(0)?, row.real(1)?, row.real(2)?)),
        _ => {
            let step = row.long(2).unwrap_or(1);
            Some(DynamicBuilder::array(
                whole(row.long(0)?, row.long(1)?, step).map(DynamicBuilder::long),
            ))
        }
    })
}

fn step_real(row: Row<'_>) -> Option<f64> {
    if row.values().len() > 2 { row.real(2) } else { Some(1.0) }
}

fn step_ticks(row: Row<'_>) -> Option<i64> {
    if row.values().len() > 2 {
        row.timespan(2).map(TimeSpan::ticks)
    } else {
        Some(whotalks_kql_values::calendar::TICKS_PER_HOUR)
    }
}

fn whole(start: i64, stop: i64, step: i64) -> impl Iterator<Item = i64> {
    let values = std::iter::successors(Some(start), move |value| value.checked_add(step));
    let beyond = move |value: &i64| if step < 0 { *value >= stop } else { *value <= stop };
    values
        .take_while(beyond)
        .take(if step == 0 { 0 } else { MOST_ELEMENTS })
}

fn reals(start: f64, stop: f64, step: f64) -> Vec<u8> {
    let values = (0_u32..).map(|index| start + f64::from(index) * step);
    let within = |value: &f64| if step < 0.0 { *value >= stop } else { *value <= stop };
    let limit = if step == 0.0 || step.is_nan() { 0 } else { MOST_ELEMENTS };
    DynamicBuilder::array(values.take_while(within).take(limit).map(DynamicBuilder::real))
}
