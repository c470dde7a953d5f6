use super::rewrite::Rewrite;
use crate::expression::Expression;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("replace", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Rewrites every match of a regular expression; the old name of `replace_regex()`, with another order.")
    .examples(&[example(
        "print replace('is ([0-9]+)', 'was: \\\\1', 'Number is 42')",
        "Number was: 42",
    )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("regex", Accepts::STRING, "the regular expression"),
    Parameter::new(
        "rewrite",
        Accepts::STRING,
        "what stands in the place of a match; `\\1` is its first group",
    ),
    Parameter::new("source", Accepts::STRING, "the text"),
];

fn make(arguments: &[Argument]) -> Made {
    let expression = Expression::of_argument("replace", arguments, 0)?;
    maybe(move |row| {
        let rewrite = Rewrite::new(row.text(1));
        let regex = expression.get(row.text(0))?;
        Some(
            regex
                .replace_all(row.text(2), |captures: &regex::Captures<'_>| rewrite.apply(captures))
                .into_owned(),
        )
    })
}
