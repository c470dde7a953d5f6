use super::ipv4::{Ipv4, masked};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("ipv4_is_private", Family::Network, PARAMETERS, Returns::BOOL, make)
        .does("Whether an IPv4 address belongs to a private network (RFC 1918).")
        .examples(&[
            example("print ipv4_is_private('192.168.1.1/24')", "True"),
            example("print ipv4_is_private('127.0.0.1')", "False"),
            example("print ipv4_is_private('x')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("ip", Accepts::STRING, "the address")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ip = Ipv4::parse(row.text(0))?;
        Some(
            PRIVATE
                .iter()
                .any(|(address, prefix)| masked(ip.address, *prefix) == *address && ip.prefix >= *prefix),
        )
    })
}

const PRIVATE: [(u32, u8); 3] = [(0x0a00_0000, 8), (0xac10_0000, 12), (0xc0a8_0000, 16)];
