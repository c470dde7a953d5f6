use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("isascii", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .does("Whether a text has no characters but those of ASCII.")
    .examples(&[
        example("print isascii('abc')", "True"),
        example("print isascii('é')", "False"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::AnyText, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| row.text(0).is_ascii())
}
