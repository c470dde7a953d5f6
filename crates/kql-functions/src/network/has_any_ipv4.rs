use super::within::has;
use crate::operator::list::of_row;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("has_any_ipv4", Family::Network, PARAMETERS, Returns::BOOL, make)
    .does("Whether a text has one of several IPv4 addresses.")
    .examples(&[example(
        "print has_any_ipv4('05:04:54 127.0.0.1 GET', '10.0.0.1', '127.0.0.1')",
        "True",
    )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text"),
    Parameter::repeated("ip", Accepts::StringOrDynamic, 1, "addresses or arrays of them"),
];

fn make(_: &[Argument]) -> Made {
    always(|row| of_row(row).any(|ip| has(row.text(0), &convert::to_text(&ip))))
}
