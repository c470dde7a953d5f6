use super::isempty::is_empty;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("isnotempty", Family::Conditional, PARAMETERS, Returns::BOOL, make)
        .also(&["notempty"])
        .does("Whether a value is neither null nor the empty text.")
        .sees_nulls()
        .examples(&[
            example("print isnotempty('a')", "True"),
            example("print isnotempty('')", "False"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    always(|row| !is_empty(row.value(0)))
}
