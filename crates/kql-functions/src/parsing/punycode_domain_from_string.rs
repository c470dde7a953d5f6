use super::punycode::encode;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "punycode_domain_from_string",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("A name of a host with its labels in Punycode where they need it.")
.examples(&[example(
    "print punycode_domain_from_string('www.académie-française.fr')",
    "www.xn--acadmie-franaise-npb1a.fr",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let label = |label: &str| match label.is_ascii() {
            true => Some(label.to_owned()),
            false => Some(format!("xn--{}", encode(label)?)),
        };
        Some(
            row.text(0)
                .split('.')
                .map(label)
                .collect::<Option<Vec<String>>>()?
                .join("."),
        )
    })
}
