use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("binary_not", Family::Bitwise, PARAMETERS, Returns::LONG, make)
    .does("The bits that a number does not have.")
    .examples(&[example("print binary_not(100)", "-101")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Integer, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.long(0).map(|number| !number))
}
