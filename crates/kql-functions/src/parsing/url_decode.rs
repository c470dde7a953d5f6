use super::percent::decoded;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("url_decode", Family::Parsing, PARAMETERS, Returns::STRING, make)
    .does("Reads percent encoding.")
    .examples(&[example(
        "print url_decode('https%3a%2f%2fwww.bing.com%2f')",
        "https://www.bing.com/",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::new("url", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| decoded(row.text(0)))
}
