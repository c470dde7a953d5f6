use super::ipv4::Ipv4;
use crate::operator::list::of_row;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("ipv4_is_in_any_range", Family::Network, PARAMETERS, Returns::BOOL, make)
        .does("Whether an IPv4 address lies in one of several networks.")
        .examples(&[example(
            "print ipv4_is_in_any_range('192.168.1.6', '192.168.1.1/24', '10.0.0.1/8')",
            "True",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::TextOrDynamic, "the address"),
    Parameter::repeated("range", Accepts::StringOrDynamic, 1, "networks or arrays of them"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ip = Ipv4::parse(row.text(0))?;
        let mut ranges = of_row(row).filter_map(|range| Ipv4::parse(&convert::to_text(&range)));
        Some(ranges.any(|range| range.holds(ip)))
    })
}
