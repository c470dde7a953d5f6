use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("strlen", Family::String, PARAMETERS, Returns::LONG, make)
    .does("Counts the characters of a text: Unicode code points, not bytes.")
    .examples(&[
        example("print strlen('abc')", "3"),
        example("print strlen('日本')", "2"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("source", Accepts::TextOrDynamic, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| i64::try_from(row.text(0).chars().count()).ok())
}
