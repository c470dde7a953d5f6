use super::trim_end::trimmed_end;
use super::trim_start::{anchored_at_start, trimmed_start};
use crate::prelude::*;
use crate::string::trim_end::anchored_at_end;

pub(super) static FUNCTION: Function = Function::new("trim", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Takes one match of a regular expression off the beginning and one off the end.")
    .examples(&[
        example("print trim('--', '--https://a.b--')", "https://a.b"),
        example("print trim(' ', '  a  ')", " a "),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("regex", Accepts::STRING, "the regular expression").constant(),
    Parameter::new("source", Accepts::STRING, "the text"),
];

fn make(arguments: &[Argument]) -> Made {
    let start = anchored_at_start("trim", arguments)?;
    let end = anchored_at_end("trim", arguments)?;
    borrowing(move |row| trimmed_end(&end, trimmed_start(&start, row.text(1))).into())
}
