use crate::prelude::*;
use std::net::Ipv4Addr;

use super::ipv4::{IPV4_BITS, Ipv4, masked, prefix_argument};

pub(super) static FUNCTION: Function = Function::new("format_ipv4", Family::Network, PARAMETERS, Returns::STRING, make)
    .does("Writes an IPv4 address with the bits that count.")
    .examples(&[
        example("print format_ipv4('192.168.1.255', 24)", "192.168.1.0"),
        example("print format_ipv4(3232236031, 24)", "192.168.1.0"),
        example("print format_ipv4('192.168.1.1/24', -1)", ""),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::NotDynamic, "the address as text or number"),
    Parameter::optional("prefix", Accepts::LONG, "how many bits count"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ip = address(row)?;
        let prefix = prefix_argument(row, 1, IPV4_BITS)?.min(ip.prefix);
        Some(Ipv4Addr::from_bits(masked(ip.address, prefix)).to_string())
    })
}

/// An address that is given as text or as a number.
pub(super) fn address(row: Row<'_>) -> Option<Ipv4> {
    match row.value(0) {
        Value::String(text) => Ipv4::parse(text),
        _ => Some(Ipv4 {
            address: u32::try_from(row.long(0)?).ok()?,
            prefix: IPV4_BITS,
        }),
    }
}
