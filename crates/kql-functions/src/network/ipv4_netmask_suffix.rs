use super::ipv4::Ipv4;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("ipv4_netmask_suffix", Family::Network, PARAMETERS, Returns::LONG, make)
        .does("The prefix of an IPv4 address, 32 where it has none.")
        .examples(&[
            example("print ipv4_netmask_suffix('192.168.1.1/24')", "24"),
            example("print ipv4_netmask_suffix('10.1.2.3')", "32"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("ip", Accepts::STRING, "the address")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Ipv4::parse(row.text(0)).map(|ip| i64::from(ip.prefix)))
}
