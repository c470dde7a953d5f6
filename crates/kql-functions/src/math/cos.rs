use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("cos", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The cosine of an angle in radians.")
    .examples(&[example("print cos(0)", "1.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.cos()))
}
