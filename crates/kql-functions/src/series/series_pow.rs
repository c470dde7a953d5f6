use super::pairs::{self, Pair};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_pow", Family::Series, pairs::PARAMETERS, Returns::DYNAMIC, make)
        .does("Raises one series to the powers of another element by element.")
        .examples(&[example("print series_pow(dynamic([1, 2, 3]), 2)", "[1.0,4.0,9.0]")]);

fn make(_: &[Argument]) -> Made {
    pairs::make(|pair| {
        let (left, right) = match pair {
            Pair::Long(left, right) => (left as f64, right as f64),
            Pair::Real(left, right) => (left, right),
        };
        Some(DynamicBuilder::real(left.powf(right)))
    })
}
