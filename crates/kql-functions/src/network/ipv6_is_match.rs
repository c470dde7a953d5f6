use super::ipv4::prefix_argument;
use super::ipv6::{IPV6_BITS, Ipv6};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("ipv6_is_match", Family::Network, PARAMETERS, Returns::BOOL, make)
    .does("Whether two addresses of either kind are the same in the bits that count.")
    .examples(&[example(
        "print ipv6_is_match('192.168.1.1/24', '::ffff:c0a8:01ff')",
        "True",
    )]);

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
        Some(order.is_eq())
    })
}
