use super::within::has;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("has_ipv4", Family::Network, PARAMETERS, Returns::BOOL, make)
    .does("Whether a text has an IPv4 address.")
    .examples(&[
        example(
            "print has_ipv4('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.0.1')",
            "True",
        ),
        example("print has_ipv4('05:04:54 127.0.0.256 GET', '127.0.0.256')", "False"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text"),
    Parameter::new("ip", Accepts::STRING, "the address"),
];

fn make(_: &[Argument]) -> Made {
    always(|row| has(row.text(0), row.text(1)))
}
