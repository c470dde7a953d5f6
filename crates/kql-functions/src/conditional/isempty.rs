use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("isempty", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .does("Whether a value is null or the empty text.")
    .sees_nulls()
    .examples(&[
        example("print isempty('')", "True"),
        example("print isempty(long(null))", "True"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    always(|row| is_empty(row.value(0)))
}

/// Whether a value is null or the empty text, also within a dynamic value.
pub(super) fn is_empty(value: &Value<'_>) -> bool {
    match value.unpacked() {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}
