use crate::prelude::*;
use std::net::Ipv4Addr;

use super::format_ipv4::address;
use super::ipv4::{IPV4_BITS, masked, prefix_argument};

pub(super) static FUNCTION: Function =
    Function::new("format_ipv4_mask", Family::Network, PARAMETERS, Returns::STRING, make)
        .does("Writes an IPv4 address with the bits that count and how many they are.")
        .examples(&[example("print format_ipv4_mask('192.168.1.255', 24)", "192.168.1.0/24")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::NotDynamic, "the address as text or number"),
    Parameter::optional("prefix", Accepts::LONG, "how many bits count"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ip = address(row)?;
        let prefix = prefix_argument(row, 1, IPV4_BITS)?.min(ip.prefix);
        Some(format!("{}/{prefix}", Ipv4Addr::from_bits(masked(ip.address, prefix))))
    })
}
