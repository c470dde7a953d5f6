use super::numbers::all_reals;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_magnitude", Family::Series, PARAMETERS, Returns::REAL, make)
        .does("The length of a series as a vector.")
        .examples(&[example("print series_magnitude(dynamic([3, 4]))", "5.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        Some(
            all_reals(row.view(0)?)?
                .iter()
                .map(|number| number * number)
                .sum::<f64>()
                .sqrt(),
        )
    })
}
