use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("exp2", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("2 to the power of a number.")
    .examples(&[example("print exp2(3)", "8.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.exp2()))
}
