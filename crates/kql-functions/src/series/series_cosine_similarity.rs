use super::numbers::all_reals;
use super::series_dot_product::dot;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_cosine_similarity",
    Family::Series,
    PARAMETERS,
    Returns::REAL,
    make,
)
.does("The cosine of the angle between two series as vectors.")
.examples(&[example(
    "print series_cosine_similarity(dynamic([1, 0]), dynamic([0, 1]))",
    "0.0",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series1", Accepts::Array, "a series"),
    Parameter::new("series2", Accepts::Array, "another series"),
    Parameter::optional("magnitude1", Accepts::REAL, "the length of the first series"),
    Parameter::optional("magnitude2", Accepts::REAL, "the length of the second series"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (left, right) = (all_reals(row.view(0)?)?, all_reals(row.view(1)?)?);
        let length = |index: usize, series: &[f64]| row.real(index).unwrap_or_else(|| dot(series, series).sqrt());
        (left.len() == right.len()).then(|| dot(&left, &right) / (length(2, &left) * length(3, &right)))
    })
}
