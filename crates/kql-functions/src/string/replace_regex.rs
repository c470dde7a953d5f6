use super::rewrite::Rewrite;
use crate::expression::Expression;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("replace_regex", Family::String, PARAMETERS, Returns::STRING, make)
        .does("Rewrites every match of a regular expression.")
        .examples(&[
            example(
                "print replace_regex('Number is 42', 'is ([0-9]+)', 'was: \\\\1')",
                "Number was: 42",
            ),
            example("print replace_regex('abc', 'b', '')", "ac"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::STRING, "the text"),
    Parameter::new("lookup_regex", Accepts::STRING, "the regular expression"),
    Parameter::new(
        "rewrite_pattern",
        Accepts::STRING,
        "what stands in the place of a match; `\\1` is its first group",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let expression = Expression::of_argument("replace_regex", arguments, 1)?;
    maybe(move |row| {
        let rewrite = Rewrite::new(row.text(2));
        let regex = expression.get(row.text(1))?;
        Some(
            regex
                .replace_all(row.text(0), |captures: &regex::Captures<'_>| rewrite.apply(captures))
                .into_owned(),
        )
    })
}
