use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("string_size", Family::String, PARAMETERS, Returns::LONG, make)
    .does("Counts the bytes of a text in UTF-8.")
    .examples(&[
        example("print string_size('abc')", "3"),
        example("print string_size('日本')", "6"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("source", Accepts::TextOrDynamic, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| i64::try_from(row.text(0).len()).ok())
}
