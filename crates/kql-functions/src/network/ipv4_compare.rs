use super::ipv4::{IPV4_BITS, Ipv4, masked, prefix_argument};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("ipv4_compare", Family::Network, PARAMETERS, Returns::LONG, make)
    .does("Compares two IPv4 addresses by the bits that count: -1, 0 or 1.")
    .examples(&[
        example("print ipv4_compare('192.168.1.1/24', '192.168.1.255')", "0"),
        example("print ipv4_compare('10.0.0.1', '10.0.0.2')", "-1"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip1", Accepts::STRING, "an address, with or without a prefix"),
    Parameter::new("ip2", Accepts::STRING, "another address, with or without a prefix"),
    Parameter::optional("prefix", Accepts::LONG, "how many bits count"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (left, right) = (Ipv4::parse(row.text(0))?, Ipv4::parse(row.text(1))?);
        let prefix = prefix_argument(row, 2, IPV4_BITS)?.min(left.prefix).min(right.prefix);
        let order = masked(left.address, prefix).cmp(&masked(right.address, prefix));
        Some(order as i64)
    })
}
