use super::punycode::encode;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "punycode_from_string",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("A text in Punycode (RFC 3492).")
.examples(&[example(
    "print punycode_from_string('académie-française')",
    "acadmie-franaise-npb1a",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| encode(row.text(0)))
}
