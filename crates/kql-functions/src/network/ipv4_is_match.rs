use super::ipv4::{IPV4_BITS, Ipv4, masked, prefix_argument};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("ipv4_is_match", Family::Network, PARAMETERS, Returns::BOOL, make)
    .does("Whether two IPv4 addresses are the same in the bits that count.")
    .examples(&[
        example("print ipv4_is_match('192.168.1.1/24', '192.168.1.255')", "True"),
        example("print ipv4_is_match('192.168.1.1', '192.168.1.0', 31)", "True"),
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
        Some(order.is_eq())
    })
}
