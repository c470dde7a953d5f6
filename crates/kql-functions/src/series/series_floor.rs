use super::numbers::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_floor", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("Rounds every number of a series down.")
        .examples(&[example("print series_floor(dynamic([-1.5, 1, 2.5]))", "[-2.0,1.0,2.0]")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    map(f64::floor)
}
