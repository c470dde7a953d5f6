//! The operands of operators and their types.

use crate::prelude::*;

pub(super) static LOGICAL: &[Parameter] = &[
    Parameter::new("left", Accepts::BoolOrDynamic, "a truth value"),
    Parameter::new("right", Accepts::BoolOrDynamic, "another truth value"),
];

pub(super) static ARITHMETIC: &[Parameter] = &[
    Parameter::new("left", Accepts::Scalar, "a number or a time"),
    Parameter::new("right", Accepts::Scalar, "another one"),
];

/// The types of exactly so many operands.
pub(super) fn types(
    function: &'static Function,
    arguments: &[Argument],
    count: usize,
) -> Result<Vec<KustoType>, FunctionError> {
    let given = arguments.len();
    if given != count || arguments.iter().any(|argument| argument.names_type) {
        return Err(FunctionError::WrongCount {
            function: function.name,
            least: count,
            most: Some(count),
            given,
        });
    }
    Ok(arguments.iter().map(|argument| argument.kusto_type).collect())
}

/// The types of two operands.
pub(super) fn pair(function: &'static Function, arguments: &[Argument]) -> Result<[KustoType; 2], FunctionError> {
    match types(function, arguments, 2)?.as_slice() {
        [left, right] => Ok([*left, *right]),
        _ => Err(do_not_fit(function, arguments)),
    }
}

pub(super) fn do_not_fit(function: &'static Function, arguments: &[Argument]) -> FunctionError {
    let given = arguments.iter().map(|argument| argument.kusto_type).collect();
    FunctionError::TypesDoNotFit {
        function: function.name,
        given,
    }
}
