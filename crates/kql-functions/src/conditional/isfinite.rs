use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("isfinite", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .does("Whether a real is neither infinite nor no number (NaN).")
    .examples(&[
        example("print isfinite(1.0)", "True"),
        example("print isfinite(1.0 / 0.0)", "False"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::REAL, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(f64::is_finite))
}
