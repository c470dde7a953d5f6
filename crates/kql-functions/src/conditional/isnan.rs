use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("isnan", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .does("Whether a real is no number (NaN).")
    .examples(&[
        example("print isnan(0.0 / 0.0)", "True"),
        example("print isnan(1.0)", "False"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::REAL, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(f64::is_nan))
}
