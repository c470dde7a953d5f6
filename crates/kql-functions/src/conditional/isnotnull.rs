use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("isnotnull", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .also(&["notnull"])
    .does("Whether a value is not null; a text never is.")
    .sees_nulls()
    .examples(&[
        example("print isnotnull(long(null))", "False"),
        example("print isnotnull('')", "True"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(arguments: &[Argument]) -> Made {
    let text = arguments
        .first()
        .is_some_and(|argument| argument.kusto_type == KustoType::String);
    always(move |row| text || !row.value(0).is_null())
}
