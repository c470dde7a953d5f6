use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("log10", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The logarithm to the base 10; null of negative numbers.")
    .examples(&[example("print log10(1000)", "3.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        row.real(0)
            .filter(|number| *number >= 0.0 || number.is_nan())
            .map(|number| number.log10())
    })
}
