use crate::prelude::*;
use regex::Regex;

use crate::expression::compile;

pub(super) static FUNCTION: Function = Function::new("trim_start", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Takes one match of a regular expression off the beginning.")
    .examples(&[
        example("print trim_start('https://', 'https://bing.com')", "bing.com"),
        example("print trim_start('x', 'xxa')", "xa"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("regex", Accepts::STRING, "the regular expression").constant(),
    Parameter::new("source", Accepts::STRING, "the text"),
];

fn make(arguments: &[Argument]) -> Made {
    let regex = anchored_at_start("trim_start", arguments)?;
    borrowing(move |row| trimmed_start(&regex, row.text(1)).into())
}

/// The expression of the first argument, so that it matches at the beginning only.
pub(super) fn anchored_at_start(function: &'static str, arguments: &[Argument]) -> Result<Regex, FunctionError> {
    anchored(function, arguments, |text| format!("^(?:{text})"))
}

/// The expression of the first argument within another one.
pub(super) fn anchored(
    function: &'static str,
    arguments: &[Argument],
    within: fn(&str) -> String,
) -> Result<Regex, FunctionError> {
    let text = arguments.first().and_then(Argument::text).unwrap_or_default();
    let invalid = |error: regex::Error| FunctionError::InvalidConstant {
        function,
        position: 1,
        reason: Invalid::Expression(error.to_string()),
    };
    compile(&within(text)).map_err(invalid)
}

pub(super) fn trimmed_start<'t>(regex: &Regex, text: &'t str) -> &'t str {
    regex
        .find(text)
        .and_then(|found| text.get(found.end()..))
        .unwrap_or(text)
}
