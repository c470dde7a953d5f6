use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("gamma", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The gamma function.")
    .examples(&[example("print gamma(5)", "24.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(libm::tgamma))
}
