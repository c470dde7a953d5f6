use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("binary_or", Family::Bitwise, PARAMETERS, Returns::LONG, make)
    .does("The bits that at least one of two numbers has.")
    .examples(&[example("print binary_or(12, 10)", "14")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value1", Accepts::Integer, "a number"),
    Parameter::new("value2", Accepts::Integer, "another number"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(row.long(0)? | row.long(1)?))
}
