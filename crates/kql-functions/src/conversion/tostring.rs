use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("tostring", Family::Conversion, PARAMETERS, Returns::STRING, make)
    .does("Writes a value as text: null as the empty text, arrays and bags as JSON.")
    .sees_nulls()
    .examples(&[
        example("print tostring(1.0)", "1.0"),
        example("print tostring(true)", "True"),
        example("print tostring(dynamic({\"a\": [1, 2]}))", "{\"a\":[1,2]}"),
        example("print tostring(int(null))", ""),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::AnyText, "the value")];

fn make(_: &[Argument]) -> Made {
    borrowing(|row| row.text(0).into())
}
