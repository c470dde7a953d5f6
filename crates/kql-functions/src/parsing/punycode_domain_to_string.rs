use super::punycode::decode;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "punycode_domain_to_string",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("A name of a host with its labels out of Punycode.")
.examples(&[example(
    "print punycode_domain_to_string('www.xn--acadmie-franaise-npb1a.fr')",
    "www.académie-française.fr",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let label = |label: &str| match label.strip_prefix("xn--") {
            Some(encoded) => decode(encoded),
            None => Some(label.to_owned()),
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
