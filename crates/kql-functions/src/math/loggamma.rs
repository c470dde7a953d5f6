use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("loggamma", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The logarithm of the size of the gamma function.")
    .examples(&[example("print loggamma(5)", "3.1780538303479459")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(libm::lgamma))
}
