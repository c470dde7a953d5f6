use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("array_length", Family::Dynamic, PARAMETERS, Returns::LONG, make)
    .also(&["arraylength"])
    .does("Counts the elements of an array; null where it is none.")
    .examples(&[
        example("print array_length(dynamic([1, 'a', null]))", "3"),
        example("print array_length(dynamic({'a': 1}))", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("array", Accepts::Array, "the array")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| i64::try_from(row.view(0)?.elements()?.len()).ok())
}
