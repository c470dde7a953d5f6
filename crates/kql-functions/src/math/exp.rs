use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("exp", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("e to the power of a number.")
    .examples(&[example("print exp(0)", "1.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.exp()))
}
