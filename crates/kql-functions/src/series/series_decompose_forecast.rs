use super::numbers::array;
use super::series_decompose::{DIFFERENCES, decompose};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_decompose_forecast",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Says how a series goes on by its season and trend, learnt without the last points.")
.differs(DIFFERENCES)
.examples(&[example(
    "print series_decompose_forecast(dynamic([1, 2, 3, 4, 0, 0]), 2, 0, 'linefit')",
    "[1.0,2.0,3.0,4.0,5.0,6.0]",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::new(
        "test_points",
        Accepts::Integer,
        "how many points at the end are foretold",
    ),
    Parameter::optional(
        "period",
        Accepts::Integer,
        "how many points one season has; -1 to look for it, 0 for none",
    ),
    Parameter::optional("trend", Accepts::STRING, "`avg`, `linefit` or `none`"),
    Parameter::optional(
        "seasonality_threshold",
        Accepts::Number,
        "how sure a period must be that is looked for",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| decompose(row, [2, 3, 1, 4]).map(|parts| array(parts.baseline)))
}
