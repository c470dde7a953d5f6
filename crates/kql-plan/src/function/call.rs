//! Calls of functions: arguments are checked, and what is known before the query runs is worked out at once.

use datafusion::logical_expr::Expr;
use datafusion::logical_expr::expr::ScalarFunction;
use whotalks_kql_functions::{Argument, Function};
use whotalks_kql_values::{KustoType, Value};

use super::adapter::KustoFunction;
use crate::bind::Bound;
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::physical::literal;

/// A constant of a type.
pub(crate) fn constant(value: Value<'static>, kusto_type: KustoType) -> Bound {
    Bound {
        expression: literal(&value, kusto_type),
        kusto_type,
        constant: Some(value),
        names_type: false,
    }
}

/// The call of a function by its name; an error where there is no such function or it does not take the arguments.
pub(crate) fn call(name: &str, arguments: Vec<Bound>) -> Result<Bound> {
    let function = whotalks_kql_functions::find(name).ok_or_else(|| PlanProblem::UnknownFunction {
        name: name.to_owned(),
        similar: similar_function(name),
    })?;
    call_function(function, arguments)
}

/// An operator between or before its operands.
pub(crate) fn operate(name: &str, operands: Vec<Bound>) -> Result<Bound> {
    let missing = || PlanProblem::unsupported(Phrase::TheOperator(name.to_owned()), None);
    call_function(whotalks_kql_functions::operator(name).ok_or_else(missing)?, operands)
}

fn similar_function(name: &str) -> Option<String> {
    let known = whotalks_kql_functions::suggest(name)
        .into_iter()
        .chain(crate::aggregate::names());
    crate::bind::similar(name, known)
}

fn call_function(function: &'static Function, arguments: Vec<Bound>) -> Result<Bound> {
    let described: Vec<_> = arguments.iter().map(described).collect();
    let prepared = function.prepare(&described).map_err(PlanProblem::from)?;
    let known: Option<Vec<Value<'static>>> = arguments.iter().map(|argument| argument.constant.clone()).collect();
    if let Some(values) = known {
        return Ok(constant(prepared.evaluate(&values).into_owned(), prepared.result));
    }
    let engine_function = KustoFunction::new(function, &described, prepared.result).into_engine_function();
    let operands = arguments.into_iter().map(|argument| argument.expression).collect();
    let expression = Expr::ScalarFunction(ScalarFunction::new_udf(engine_function, operands));
    Ok(Bound::computed(expression, prepared.result))
}

/// What is known of an argument beforehand.
pub(crate) fn described(argument: &Bound) -> Argument {
    match &argument.constant {
        _ if argument.names_type => Argument::type_name(argument.kusto_type),
        Some(value) => Argument::constant(argument.kusto_type, value.clone()),
        None => Argument::variable(argument.kusto_type),
    }
}
