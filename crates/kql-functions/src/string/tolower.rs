use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("tolower", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Writes a text in small letters.")
    .examples(&[example("print tolower('ABC')", "abc")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("source", Accepts::AnyText, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| row.text(0).to_lowercase())
}
