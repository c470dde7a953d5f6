use crate::prelude::*;
use std::net::Ipv4Addr;

use super::ipv4::Ipv4;

pub(super) static FUNCTION: Function = Function::new(
    "ipv4_range_to_cidr_list",
    Family::Network,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The networks that together hold all addresses from one to another.")
.examples(&[example(
    "print ipv4_range_to_cidr_list('1.1.128.0', '1.1.140.255')",
    "[\"1.1.128.0/21\",\"1.1.136.0/22\",\"1.1.140.0/24\"]",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("start_ip", Accepts::STRING, "the first address"),
    Parameter::new("end_ip", Accepts::STRING, "the last address"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (start, end) = (Ipv4::parse(row.text(0))?.address, Ipv4::parse(row.text(1))?.address);
        let blocks = blocks(u64::from(start), u64::from(end));
        let texts = blocks
            .map(|(address, prefix)| DynamicBuilder::string(&format!("{}/{prefix}", Ipv4Addr::from_bits(address))));
        Some(DynamicBuilder::array(texts))
    })
}

/// The largest block that begins at an address and does not go beyond the end, again and again.
fn blocks(start: u64, end: u64) -> impl Iterator<Item = (u32, u32)> {
    let mut next = start;
    std::iter::from_fn(move || {
        let left = end.checked_add(1)?.checked_sub(next).filter(|left| *left > 0)?;
        let address = u32::try_from(next).ok()?;
        let bits = address.trailing_zeros().min(left.ilog2());
        next += 1 << bits;
        Some((address, 32 - bits))
    })
}
