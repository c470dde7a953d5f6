use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("sqrt", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The square root; no number (NaN) of negative ones.")
    .examples(&[example("print sqrt(16)", "4.0"), example("print sqrt(-1.0)", "NaN")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.real(0).map(|number| number.sqrt()))
}
