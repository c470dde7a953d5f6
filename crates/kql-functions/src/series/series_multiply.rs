use super::pairs::{self, Pair};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_multiply",
    Family::Series,
    pairs::PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Multiplies two series element by element.")
.examples(&[example(
    "print series_multiply(dynamic([1, 2, 4]), dynamic([4, 2, 1]))",
    "[4,4,4]",
)]);

fn make(_: &[Argument]) -> Made {
    pairs::make(|pair| {
        Some(match pair {
            Pair::Long(left, right) => DynamicBuilder::long(left.wrapping_mul(right)),
            Pair::Real(left, right) => DynamicBuilder::real(left * right),
        })
    })
}
