use super::ipv4::prefix_argument;
use super::ipv6::{IPV6_BITS, Ipv6};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("ipv6_compare", Family::Network, PARAMETERS, Returns::LONG, make)
    .does("Compares two addresses of either kind by the bits that count: -1, 0 or 1.")
    .examples(&[
        example(
            "print ipv6_compare('fe80::85d:e82c:9446:7994/120', 'fe80::85d:e82c:9446:7998')",
            "0",
        ),
        example("print ipv6_compare('192.168.1.1', '::ffff:c0a8:0101')", "0"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip1", Accepts::STRING, "an address, with or without a prefix"),
    Parameter::new("ip2", Accepts::STRING, "another address, with or without a prefix"),
    Parameter::optional("prefix", Accepts::LONG, "how many bits count"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (left, right) = (Ipv6::parse(row.text(0))?, Ipv6::parse(row.text(1))?);
        let prefix = prefix_argument(row, 2, IPV6_BITS)?.min(left.prefix).min(right.prefix);
        let order = left.masked(prefix).cmp(&right.masked(prefix));
        Some(order as i64)
    })
}
