use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("degrees", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("An angle in radians as degrees.")
    .examples(&[example("print degrees(pi())", "180.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.to_degrees()))
}
