use super::numbers::all_reals;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("series_product", Family::Series, PARAMETERS, Returns::REAL, make)
    .does("The product of the numbers of a series.")
    .examples(&[example("print series_product(dynamic([1, 2, 3, 4]))", "24.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(all_reals(row.view(0)?)?.into_iter().product::<f64>()))
}
