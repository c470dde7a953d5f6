use super::pairs::{self, Pair};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_divide",
    Family::Series,
    pairs::PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Divides two series element by element.")
.examples(&[example(
    "print series_divide(dynamic([1, 2, 4]), dynamic([4, 2, 1]))",
    "[0.25,1.0,4.0]",
)]);

fn make(_: &[Argument]) -> Made {
    pairs::make(|pair| {
        let (left, right) = match pair {
            Pair::Long(left, right) => (left as f64, right as f64),
            Pair::Real(left, right) => (left, right),
        };
        Some(DynamicBuilder::real(left / right))
    })
}
