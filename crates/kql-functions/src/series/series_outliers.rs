use super::numbers::{array, reals};
use super::outliers::{range_of, scores};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_outliers",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Scores how far each number lies outside the usual range; beyond 1.5 it is a mild, beyond 3 a strong outlier.")
.differs("The percentiles lie on the line between neighbours; the real engine does not say how it takes them.")
.sees_nulls()
.examples(&[example(
    "print series_outliers(dynamic([1, 2, 3, 4, 5, 6, 7, 8, 9, 100]), 'tukey')[9]",
    "20.5",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional("kind", Accepts::STRING, "`ctukey` or `tukey`"),
    Parameter::optional("ignore_val", Accepts::Number, "what counts as missing"),
    Parameter::optional(
        "min_percentile",
        Accepts::Number,
        "the lower end of the usual range, for `ctukey`",
    ),
    Parameter::optional("max_percentile", Accepts::Number, "its upper end"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ignored = row.real(2);
        let numbers = reals(row.view(0)?)?
            .into_iter()
            .map(|number| number.filter(|number| Some(*number) != ignored));
        let (low, high) = range_of(row.text(1))?;
        let (low, high) = (row.real(3).unwrap_or(low), row.real(4).unwrap_or(high));
        let known = (0.0..=100.0).contains(&low) && (0.0..=100.0).contains(&high);
        known.then(|| scores(&numbers.collect::<Vec<_>>(), low, high).map(array))?
    })
}
