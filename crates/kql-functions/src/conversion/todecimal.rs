use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("todecimal", Family::Conversion, PARAMETERS, Returns::DECIMAL, make)
        .does("Makes a decimal fraction.")
        .differs("18 digits after the point and 20 before it are kept; what does not fit is null.")
        .examples(&[
            example("print todecimal('123.45')", "123.45"),
            example("print todecimal('x')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_decimal(row.value(0)))
}
