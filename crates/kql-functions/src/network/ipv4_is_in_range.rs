use super::ipv4::Ipv4;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("ipv4_is_in_range", Family::Network, PARAMETERS, Returns::BOOL, make)
        .does("Whether an IPv4 address lies in a network.")
        .examples(&[
            example("print ipv4_is_in_range('192.168.1.1', '192.168.1.255/24')", "True"),
            example("print ipv4_is_in_range('192.168.2.1', '192.168.1.0/24')", "False"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::STRING, "the address"),
    Parameter::new("ip_range", Accepts::STRING, "a network, as `10.0.0.0/8`"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(Ipv4::parse(row.text(1))?.holds(Ipv4::parse(row.text(0))?)))
}
