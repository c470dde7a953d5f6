use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "coalesce",
    Family::Conditional,
    PARAMETERS,
    Returns::Own(signature),
    make,
)
.does("Takes the first value that is not null; of texts the first that is not empty.")
.sees_nulls()
.examples(&[
    example("print coalesce(tolong('x'), tolong('42'), 7)", "42"),
    example("print coalesce('', 'a')", "a"),
]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("value", Accepts::Scalar, 1, "a value")];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let types = turn(function, arguments)?;
    let dynamic = types.contains(&KustoType::Dynamic);
    let result = if dynamic { KustoType::Dynamic } else { common(types) };
    if result == KustoType::Dynamic && !dynamic {
        return Err(FunctionError::TypesDoNotFit {
            function: function.name,
            given: arguments.iter().map(|argument| argument.kusto_type).collect(),
        });
    }
    Ok(Signature::all(arguments.len(), result, result))
}

fn make(_: &[Argument]) -> Made {
    maybe_borrowing(|row| {
        row.values()
            .iter()
            .find(|value| !super::isempty::is_empty(value))
            .map(Value::borrowed)
    })
}
