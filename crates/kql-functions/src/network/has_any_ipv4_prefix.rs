use super::within::has_prefix;
use crate::operator::list::of_row;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("has_any_ipv4_prefix", Family::Network, PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has one of several IPv4 addresses or beginnings of them.")
        .examples(&[example(
            "print has_any_ipv4_prefix('05:04:54 127.0.0.1 GET', '10.', '127.0.')",
            "True",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text"),
    Parameter::repeated("ip", Accepts::StringOrDynamic, 1, "addresses or arrays of them"),
];

fn make(_: &[Argument]) -> Made {
    always(|row| of_row(row).any(|ip| has_prefix(row.text(0), &convert::to_text(&ip))))
}
