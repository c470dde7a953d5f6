use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("sin", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The sine of an angle in radians.")
    .examples(&[example("print sin(0)", "0.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.sin()))
}
