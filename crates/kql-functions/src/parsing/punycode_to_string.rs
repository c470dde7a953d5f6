use super::punycode::decode;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("punycode_to_string", Family::Parsing, PARAMETERS, Returns::STRING, make)
        .does("The text that Punycode stands for; empty where it is none.")
        .examples(&[example(
            "print punycode_to_string('acadmie-franaise-npb1a')",
            "académie-française",
        )]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| decode(row.text(0)))
}
