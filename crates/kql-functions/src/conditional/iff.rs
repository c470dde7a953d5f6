use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("iff", Family::Conditional, PARAMETERS, Returns::Own(signature), make)
        .also(&["iif"])
        .does("Chooses one of two values by a condition; null counts as false.")
        .sees_nulls()
        .examples(&[
            example("print iff(1 < 2, 'yes', 'no')", "yes"),
            example("print iff(bool(null), 1, 2.5)", "2.5"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("condition", Accepts::BoolOrDynamic, "what decides"),
    Parameter::new("then", Accepts::Scalar, "the value where it is true"),
    Parameter::new("else", Accepts::Scalar, "the value where it is not"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let mut types = turn(function, arguments)?;
    let result = common(types.iter().skip(1).copied());
    types.iter_mut().skip(1).for_each(|kusto_type| *kusto_type = result);
    Ok(Signature {
        arguments: types,
        result,
    })
}

fn make(_: &[Argument]) -> Made {
    borrowing(|row| row.value(if row.bool(0) == Some(true) { 1 } else { 2 }).borrowed())
}
