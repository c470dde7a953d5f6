use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("erfc", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("One minus the error function.")
    .examples(&[example("print erfc(0)", "1.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(libm::erfc))
}
