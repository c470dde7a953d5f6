use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("atan2", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The angle in radians of the point (x, y).")
    .examples(&[example("print atan2(0, 1)", "0.0")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("y", Accepts::NumberAsReal, "the second coordinate"),
    Parameter::new("x", Accepts::NumberAsReal, "the first coordinate"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(row.real(0)?.atan2(row.real(1)?)))
}
