use super::ipv4::{IPV4_BITS, Ipv4, masked, prefix_argument};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("parse_ipv4_mask", Family::Network, PARAMETERS, Returns::LONG, make)
        .does("An IPv4 address with a prefix as a number.")
        .examples(&[example("print parse_ipv4_mask('127.0.0.1', 24)", "2130706432")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::STRING, "the address"),
    Parameter::new("prefix", Accepts::LONG, "how many bits count"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ip = Ipv4::parse(row.text(0))?;
        let prefix = prefix_argument(row, 1, IPV4_BITS)?.min(ip.prefix);
        Some(i64::from(masked(ip.address, prefix)))
    })
}
