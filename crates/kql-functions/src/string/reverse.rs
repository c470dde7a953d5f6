use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("reverse", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Turns the order of the characters round.")
    .examples(&[
        example("print reverse('abc')", "cba"),
        example("print reverse(123.45)", "54.321"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::AnyText, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| row.text(0).chars().rev().collect::<String>())
}
