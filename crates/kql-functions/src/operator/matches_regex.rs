use crate::expression::Expression;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("matches regex", Family::Operator, PARAMETERS, Returns::BOOL, make)
        .does("Whether a regular expression of RE2 matches anywhere within a text.")
        .sees_nulls()
        .examples(&[
            example("print 'a1b2' matches regex '[a-z][0-9]'", "True"),
            example("print 'abc' matches regex '^[0-9]+$'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!matches regex",
    Family::Operator,
    PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `matches regex`.")
.sees_nulls()
.examples(&[example("print 'abc' !matches regex '[0-9]'", "True")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text to look in"),
    Parameter::new("expression", Accepts::STRING, "the regular expression"),
];

fn make(arguments: &[Argument]) -> Made {
    matching("matches regex", arguments, true)
}

fn make_negated(arguments: &[Argument]) -> Made {
    matching("!matches regex", arguments, false)
}

fn matching(name: &'static str, arguments: &[Argument], wanted: bool) -> Made {
    match Expression::of_argument(name, arguments, 1)? {
        Expression::Known(regex) => of_text(move |text| regex.is_match(text) == wanted),
        differing @ Expression::Differing => maybe(move |row| {
            let expression = differing.get(row.text(1))?;
            Some(expression.is_match(row.text(0)) == wanted)
        }),
    }
}
