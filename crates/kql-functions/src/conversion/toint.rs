use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("toint", Family::Conversion, PARAMETERS, Returns::INT, make)
    .does("Makes a whole number of 32 bits: of larger ones the lowest bits stay, reals are cut off, texts must fit.")
    .examples(&[
        example("print toint('42')", "42"),
        example("print toint(2147483648)", "-2147483648"),
        example("print toint('2147483648')", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_int(row.value(0)))
}
