use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("tobool", Family::Conversion, PARAMETERS, Returns::BOOL, make)
    .also(&["toboolean"])
    .does("Makes a truth value: numbers are true unless zero; texts are true, false or whole numbers.")
    .examples(&[
        example("print tobool('TRUE')", "True"),
        example("print tobool('yes')", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_bool(row.value(0)))
}
