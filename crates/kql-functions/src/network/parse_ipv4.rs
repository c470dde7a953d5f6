use super::ipv4::Ipv4;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("parse_ipv4", Family::Network, PARAMETERS, Returns::LONG, make)
    .does("An IPv4 address as a number; null where it is none.")
    .examples(&[
        example("print parse_ipv4('127.0.0.1')", "2130706433"),
        example("print parse_ipv4('192.1.168.2/24')", "3221334016"),
        example("print parse_ipv4('x')", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("ip", Accepts::STRING, "the address")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Ipv4::parse(row.text(0)).map(|ip| i64::from(ip.network())))
}
