use super::numbers::{all_reals, array};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("series_iir", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
    .does("Applies an infinite impulse response filter to a series.")
    .examples(&[example(
        "print series_iir(dynamic([10, 30, 0]), dynamic([1]), dynamic([1, -1]))",
        "[10.0,40.0,40.0]",
    )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::new("numerators", Accepts::Array, "the coefficients of the series"),
    Parameter::new("denominators", Accepts::Array, "the coefficients of the answer"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let series = all_reals(row.view(0)?)?;
        let (numerators, denominators) = (all_reals(row.view(1)?)?, all_reals(row.view(2)?)?);
        let (first, rest) = denominators.split_first().filter(|(first, _)| **first != 0.0)?;
        let mut answer: Vec<f64> = Vec::with_capacity(series.len());
        for index in 0..series.len() {
            let forward = numerators
                .iter()
                .enumerate()
                .filter_map(|(back, factor)| Some(factor * series.get(index.checked_sub(back)?)?));
            let backward = rest
                .iter()
                .enumerate()
                .filter_map(|(back, factor)| Some(factor * answer.get(index.checked_sub(back + 1)?)?));
            let number = (forward.sum::<f64>() - backward.sum::<f64>()) / first;
            answer.push(number);
        }
        Some(array(answer))
    })
}
