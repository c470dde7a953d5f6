use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("pow", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("A number to the power of another one.")
    .examples(&[example("print pow(2, 3)", "8.0")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("base", Accepts::NumberAsReal, "the number"),
    Parameter::new("exponent", Accepts::NumberAsReal, "the power"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(row.real(0)?.powf(row.real(1)?)))
}
