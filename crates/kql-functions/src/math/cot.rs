use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("cot", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The cotangent of an angle in radians.")
    .examples(&[example("print cot(1)", "0.6420926159343307")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| 1.0 / number.tan()))
}
