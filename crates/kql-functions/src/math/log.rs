use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("log", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The natural logarithm; null of negative numbers.")
    .examples(&[
        example("print log(1)", "0.0"),
        example("print log(-1.0)", "null"),
        example("print log(0.0)", "-Infinity"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        row.real(0)
            .filter(|number| *number >= 0.0 || number.is_nan())
            .map(|number| number.ln())
    })
}
