use super::ipv6::{Ipv6, written};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("parse_ipv6", Family::Network, PARAMETERS, Returns::STRING, make)
    .does("An address of either kind as the full IPv6 text; empty where it is none.")
    .examples(&[
        example(
            "print parse_ipv6('192.168.255.255/24')",
            "0000:0000:0000:0000:0000:ffff:c0a8:ff00",
        ),
        example("print parse_ipv6('::1')", "0000:0000:0000:0000:0000:0000:0000:0001"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("ip", Accepts::STRING, "the address")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Ipv6::parse(row.text(0)).map(|ip| written(ip.masked(ip.prefix))))
}
