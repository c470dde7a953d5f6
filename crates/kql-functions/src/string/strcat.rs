use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("strcat", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Puts texts one behind the other; other values as their texts, nulls as nothing.")
    .sees_nulls()
    .examples(&[example("print strcat('a', 1, '-', true)", "a1-True")]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("argument", Accepts::AnyText, 1, "a value")];

fn make(_: &[Argument]) -> Made {
    always(|row| (0..row.values().len()).map(|index| row.text(index)).collect::<String>())
}
