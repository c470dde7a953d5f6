use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("binary_and", Family::Bitwise, PARAMETERS, Returns::LONG, make)
    .does("The bits that two numbers have in common.")
    .examples(&[example("print binary_and(12, 10)", "8")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value1", Accepts::Integer, "a number"),
    Parameter::new("value2", Accepts::Integer, "another number"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(row.long(0)? & row.long(1)?))
}
