use super::pairs::{self, Pair};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_subtract",
    Family::Series,
    pairs::PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Takes one series from another element by element.")
.examples(&[example("print series_subtract(dynamic([1, 2]), 1)", "[0,1]")]);

fn make(_: &[Argument]) -> Made {
    pairs::make(|pair| {
        Some(match pair {
            Pair::Long(left, right) => DynamicBuilder::long(left.wrapping_sub(right)),
            Pair::Real(left, right) => DynamicBuilder::real(left - right),
        })
    })
}
