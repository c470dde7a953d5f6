use super::numbers::all_reals;
use super::periods::{self, COLUMNS};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_periods_validate",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("How well periods explain a series: 0 to 1, and 0 for a period that is too long or too short.")
.differs(periods::DIFFERENCE)
.columns(COLUMNS)
.examples(&[example(
    "print series_periods_validate(dynamic([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]), 3.0)[0]",
    "[3.0]",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::repeated("period", Accepts::NumberAsReal, 1, "a period"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let series = all_reals(row.view(0)?)?;
        let scores = periods::score_of(&series, series.len() / 2);
        let mut found = Vec::new();
        for index in 1..row.values().len() {
            let period = row.real(index)?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "what is no index has no score"
            )]
            let score = scores.get(period.round().max(0.0) as usize).copied();
            found.push((period, score.filter(|_| period >= 2.0).unwrap_or(0.0)));
        }
        Some(periods::answer(&found))
    })
}
