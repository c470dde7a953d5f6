use super::decomposition::{period_of, season};
use super::numbers::{all_reals, array};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_seasonal", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("The part of a series that repeats itself: the median of each phase.")
        .examples(&[
            example(
                "print series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)",
                "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]",
            ),
            example(
                "print series_seasonal(dynamic([1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6]), 3)",
                "[1.5,3.5,5.5,1.5,3.5,5.5,1.5,3.5,5.5,1.5,3.5,5.5]",
            ),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional(
        "period",
        Accepts::Integer,
        "how many points one season has; -1 to look for it",
    ),
    Parameter::optional(
        "test_points",
        Accepts::Integer,
        "how many points at the end are not learnt from",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let series = all_reals(row.view(0)?)?;
        let test_points = usize::try_from(row.long(2).unwrap_or(0)).ok()?;
        let learnt = series.get(..series.len().checked_sub(test_points)?)?;
        let period = match row.long(1) {
            Some(period) if period >= 0 => usize::try_from(period).ok()?,
            _ => period_of(learnt, THRESHOLD),
        };
        Some(array(season(learnt, period, series.len())))
    })
}

/// How alike a series must be to itself one season later.
const THRESHOLD: f64 = 0.6;
