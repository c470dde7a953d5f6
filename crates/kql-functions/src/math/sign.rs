use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("sign", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("-1, 0 or 1 as the sign of a number says.")
    .examples(&[example("print sign(-42)", "-1.0"), example("print sign(0)", "0.0")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberAsReal, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        row.real(0).map(|number| {
            if number > 0.0 {
                1.0
            } else if number < 0.0 {
                -1.0
            } else {
                0.0
            }
        })
    })
}
