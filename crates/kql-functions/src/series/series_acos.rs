use super::numbers::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("series_acos", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
    .does("`acos()` of every number of a series.")
    .examples(&[example("print series_acos(dynamic([1]))", "[0.0]")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    map(f64::acos)
}
