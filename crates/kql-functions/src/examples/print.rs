//! Just enough of the language to evaluate `print EXPRESSION` over literals.

mod literal;
mod parse;
mod scan;

use crate::Argument;
use whotalks_kql_values::{KustoType, Value, convert};

/// The one answer as text; null as `null`.
pub(super) fn evaluate(query: &str) -> Result<String, String> {
    let tokens = scan::tokens(query.strip_prefix("print ").ok_or("no print")?)?;
    let argument = parse::expression(&tokens)?;
    Ok(text(&argument))
}

fn text(argument: &Argument) -> String {
    match argument.constant.as_ref() {
        None => "no constant".to_owned(),
        Some(value) if value.is_null() && argument.kusto_type != KustoType::String => "null".to_owned(),
        Some(value @ Value::Dynamic(_)) => value.view().map(|view| view.to_json()).unwrap_or_default(),
        Some(value) => convert::to_text(value).into_owned(),
    }
}
