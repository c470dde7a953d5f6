use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("radians", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("An angle in degrees as radians.")
    .examples(&[example("print radians(0)", "0.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.to_radians()))
}
