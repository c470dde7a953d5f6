use super::ipv6::Ipv6;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "ipv6_is_in_range",
    Family::Network,
    PARAMETERS,
    Returns::BOOL,
    make,
)
.does("Whether an address of either kind lies in a network.")
.examples(&[example(
    "print ipv6_is_in_range('a5e:f127:8a9d:146d:e102:b5d3:c755:abcd', 'a5e:f127:8a9d:146d:e102:b5d3:c755:0000/112')",
    "True",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::STRING, "the address"),
    Parameter::new("ip_range", Accepts::STRING, "a network, as `10.0.0.0/8`"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(Ipv6::parse(row.text(1))?.holds(Ipv6::parse(row.text(0))?)))
}
