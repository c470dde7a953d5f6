use super::pairs::{self, Pair};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_add", Family::Series, pairs::PARAMETERS, Returns::DYNAMIC, make)
        .does("Adds two series element by element.")
        .examples(&[example(
            "print series_add(dynamic([1, 2]), dynamic([3, 4.5]))",
            "[4,6.5]",
        )]);

fn make(_: &[Argument]) -> Made {
    pairs::make(|pair| {
        Some(match pair {
            Pair::Long(left, right) => DynamicBuilder::long(left.wrapping_add(right)),
            Pair::Real(left, right) => DynamicBuilder::real(left + right),
        })
    })
}
