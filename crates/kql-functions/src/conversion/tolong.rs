use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("tolong", Family::Conversion, PARAMETERS, Returns::LONG, make)
    .does("Makes a whole number of 64 bits: reals are cut off, times count in ticks of 100 ns, texts must fit.")
    .examples(&[
        example("print tolong('0x1F')", "31"),
        example("print tolong(-9.99)", "-9"),
        example("print tolong('5.9')", "null"),
        example("print tolong(1d)", "864000000000"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_long(row.value(0)))
}
