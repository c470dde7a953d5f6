use super::within::has_prefix;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("has_ipv4_prefix", Family::Network, PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has an IPv4 address with that beginning.")
        .examples(&[
            example("print has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.')", "True"),
            example("print has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0')", "False"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text"),
    Parameter::new(
        "ip_prefix",
        Accepts::STRING,
        "the beginning of the address, as `192.168.`",
    ),
];

fn make(_: &[Argument]) -> Made {
    always(|row| has_prefix(row.text(0), row.text(1)))
}
