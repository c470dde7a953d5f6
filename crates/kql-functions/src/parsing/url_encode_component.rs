use super::percent::encoded;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "url_encode_component",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("Writes percent encoding, blanks as `%20`.")
.examples(&[example(
    "print url_encode_component('https://www.bing.com/hello world')",
    "https%3a%2f%2fwww.bing.com%2fhello%20world",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("url", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| encoded(row.text(0), "-_.~", "%20"))
}
