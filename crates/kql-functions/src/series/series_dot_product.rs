use super::numbers::all_reals;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_dot_product", Family::Series, PARAMETERS, Returns::REAL, make)
        .does("The sum of the products of two series, element by element.")
        .examples(&[example(
            "print series_dot_product(dynamic([1, 2]), dynamic([3, 4]))",
            "11.0",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series1", Accepts::Array, "a series"),
    Parameter::new("series2", Accepts::Array, "another series"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (left, right) = (all_reals(row.view(0)?)?, all_reals(row.view(1)?)?);
        (left.len() == right.len()).then(|| dot(&left, &right))
    })
}

pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
