use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("asin", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The angle in radians with that sine.")
    .examples(&[example("print asin(0)", "0.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.asin()))
}
