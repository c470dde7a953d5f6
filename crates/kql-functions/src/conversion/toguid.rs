use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("toguid", Family::Conversion, PARAMETERS, Returns::GUID, make)
    .does("Makes an identifier out of 32 hexadecimal digits.")
    .examples(&[
        example(
            "print toguid('70fc66f7-8279-44fc-9092-d364d70fce44')",
            "70fc66f7-8279-44fc-9092-d364d70fce44",
        ),
        example("print toguid('x')", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::GuidOrText, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_guid(row.value(0)))
}
