use crate::expression::Expression;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("countof", Family::String, PARAMETERS, Returns::LONG, make)
    .does("Counts how often a text or a regular expression stands in a text; texts may overlap, matches may not.")
    .examples(&[
        example("print countof('aaaa', 'aa')", "3"),
        example("print countof('ababa', 'aba', 'regex')", "1"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::STRING, "the text to look in"),
    Parameter::new("search", Accepts::STRING, "the text or expression to look for"),
    Parameter::optional("kind", Accepts::STRING, "`normal` or `regex`").constant(),
];

fn make(arguments: &[Argument]) -> Made {
    match arguments.get(2).and_then(Argument::text) {
        None | Some("normal") => maybe(|row| i64::try_from(overlapping(row.text(0), row.text(1))).ok()),
        Some("regex") => {
            let expression = Expression::of_argument("countof", arguments, 1)?;
            maybe(move |row| i64::try_from(expression.get(row.text(1))?.find_iter(row.text(0)).count()).ok())
        }
        Some(other) => Err(FunctionError::InvalidConstant {
            function: "countof",
            position: 3,
            reason: Invalid::Word {
                word: other.to_owned(),
                known: &["normal", "regex"],
            },
        }),
    }
}

fn overlapping(text: &str, search: &str) -> usize {
    let Some(first) = search.chars().next() else {
        return 0;
    };
    let (mut rest, mut count) = (text, 0);
    while let Some(place) = rest.find(search) {
        count += 1;
        rest = rest.get(place + first.len_utf8()..).unwrap_or_default();
    }
    count
}
