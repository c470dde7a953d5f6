use super::numbers::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_ceiling", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("Rounds every number of a series up.")
        .examples(&[example(
            "print series_ceiling(dynamic([-1.5, 1, 2.5]))",
            "[-1.0,1.0,3.0]",
        )]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    map(f64::ceil)
}
