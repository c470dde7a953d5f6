use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("regex_quote", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Writes a backslash before every character that means something in a regular expression.")
    .examples(&[example("print regex_quote('(a.b)')", "\\(a\\.b\\)")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::AnyText, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| regex::escape(row.text(0)))
}
