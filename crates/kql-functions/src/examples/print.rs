//! Just enough of the language to evaluate `print EXPRESSION` over literals.

mod literal;
mod parse;
mod scan;

use crate::Argument;
use whotalks_kql_values::{KustoType, Value, convert, print_real};

/// The one answer as text; null as `null`.
pub(super) fn evaluate(query: &str) -> Result<String, String> {
    let tokens = scan::tokens(query.strip_prefix("print ").ok_or("no print")?)?;
    let argument = parse::expression(&tokens)?;
    Ok(text(&argument))
}

/// Each of several named answers as text.
pub(super) fn evaluate_all(query: &str) -> Result<Vec<String>, String> {
    let tokens = scan::tokens(query.strip_prefix("print ").ok_or("no print")?)?;
    let answers = parse::columns(&tokens)?;
    Ok(answers.iter().map(shown).collect())
}

/// As a client shows it: whole reals without a fraction.
fn shown(argument: &Argument) -> String {
    match argument.constant.as_ref() {
        Some(Value::Real(value)) => print_real(*value),
        Some(Value::Decimal(value)) => print_real(value.to_real()),
        _ => text(argument),
    }
}

fn text(argument: &Argument) -> String {
    match argument.constant.as_ref() {
        None => "no constant".to_owned(),
        Some(value) if value.is_null() && argument.kusto_type != KustoType::String => "null".to_owned(),
        Some(value @ Value::Dynamic(_)) => value.view().map(|view| view.to_json()).unwrap_or_default(),
        Some(value) => convert::to_text(value).into_owned(),
    }
}
