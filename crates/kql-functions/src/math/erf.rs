use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("erf", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The error function.")
    .examples(&[example("print erf(0)", "0.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(libm::erf))
}
