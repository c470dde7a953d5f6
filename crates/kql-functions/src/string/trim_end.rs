use crate::prelude::*;
use regex::Regex;

use super::trim_start::anchored;

pub(super) static FUNCTION: Function = Function::new("trim_end", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Takes one match of a regular expression off the end.")
    .examples(&[
        example("print trim_end('.com', 'bing.com')", "bing"),
        example("print trim_end('x', 'axx')", "ax"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("regex", Accepts::STRING, "the regular expression").constant(),
    Parameter::new("source", Accepts::STRING, "the text"),
];

fn make(arguments: &[Argument]) -> Made {
    let regex = anchored_at_end("trim_end", arguments)?;
    borrowing(move |row| trimmed_end(&regex, row.text(1)).into())
}

/// The expression of the first argument, so that it matches at the end only.
pub(super) fn anchored_at_end(function: &'static str, arguments: &[Argument]) -> Result<Regex, FunctionError> {
    anchored(function, arguments, |text| format!("(?:{text})$"))
}

pub(super) fn trimmed_end<'t>(regex: &Regex, text: &'t str) -> &'t str {
    regex
        .find(text)
        .and_then(|found| text.get(..found.start()))
        .unwrap_or(text)
}
