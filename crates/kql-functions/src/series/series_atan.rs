use super::numbers::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("series_atan", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
    .does("`atan()` of every number of a series.")
    .examples(&[example("print series_atan(dynamic([0]))", "[0.0]")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    map(f64::atan)
}
