use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("todouble", Family::Conversion, PARAMETERS, Returns::REAL, make)
    .also(&["toreal"])
    .does("Makes a floating-point number; times count in ticks of 100 ns.")
    .examples(&[
        example("print todouble('1.5e3')", "1500.0"),
        example("print todouble('x')", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_real(row.value(0)))
}
