use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("tan", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The tangent of an angle in radians.")
    .examples(&[example("print tan(0)", "0.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.tan()))
}
