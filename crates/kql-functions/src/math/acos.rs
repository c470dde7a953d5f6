use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("acos", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The angle in radians with that cosine.")
    .examples(&[example("print acos(1)", "0.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.acos()))
}
