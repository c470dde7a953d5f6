use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("not", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .does("The opposite of a truth value.")
    .examples(&[
        example("print not(false)", "True"),
        example("print not(bool(null))", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("expression", Accepts::BOOL, "the truth value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.bool(0).map(|value| !value))
}
