use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("exp10", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("10 to the power of a number.")
    .examples(&[example("print exp10(3)", "1000.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| 10_f64.powf(number)))
}
