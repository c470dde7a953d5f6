use super::ipv4::prefix_argument;
use super::ipv6::{IPV6_BITS, Ipv6, written};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("parse_ipv6_mask", Family::Network, PARAMETERS, Returns::STRING, make)
        .does("An address of either kind with a prefix as the full IPv6 text.")
        .examples(&[example(
            "print parse_ipv6_mask('192.168.255.255', 120)",
            "0000:0000:0000:0000:0000:ffff:c0a8:ff00",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::STRING, "the address"),
    Parameter::new("prefix", Accepts::LONG, "how many of 128 bits count"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ip = Ipv6::parse(row.text(0))?;
        let prefix = prefix_argument(row, 1, IPV6_BITS)?.min(ip.prefix);
        Some(written(ip.masked(prefix)))
    })
}
