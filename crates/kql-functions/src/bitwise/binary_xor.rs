use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("binary_xor", Family::Bitwise, PARAMETERS, Returns::LONG, make)
    .does("The bits that exactly one of two numbers has.")
    .examples(&[example("print binary_xor(12, 10)", "6")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value1", Accepts::Integer, "a number"),
    Parameter::new("value2", Accepts::Integer, "another number"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(row.long(0)? ^ row.long(1)?))
}
