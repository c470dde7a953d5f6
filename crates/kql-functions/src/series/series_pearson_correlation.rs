use super::numbers::all_reals;
use super::series_dot_product::dot;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_pearson_correlation",
    Family::Series,
    PARAMETERS,
    Returns::REAL,
    make,
)
.does("How far two series rise and fall together: -1 to 1.")
.examples(&[example(
    "print series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 6]))",
    "1.0",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series1", Accepts::Array, "a series"),
    Parameter::new("series2", Accepts::Array, "another series"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (left, right) = (all_reals(row.view(0)?)?, all_reals(row.view(1)?)?);
        if left.len() != right.len() {
            return None;
        }
        let (left, right) = (centred(&left), centred(&right));
        Some(dot(&left, &right) / (dot(&left, &left) * dot(&right, &right)).sqrt())
    })
}

fn centred(series: &[f64]) -> Vec<f64> {
    let mean = series.iter().sum::<f64>() / series.len() as f64;
    series.iter().map(|number| number - mean).collect()
}
