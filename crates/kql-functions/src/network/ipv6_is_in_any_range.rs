use super::ipv6::Ipv6;
use crate::operator::list::of_row;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("ipv6_is_in_any_range", Family::Network, PARAMETERS, Returns::BOOL, make)
        .does("Whether an address of either kind lies in one of several networks.")
        .examples(&[example(
            "print ipv6_is_in_any_range('a5e:f127::1', dynamic(['10.0.0.0/8', 'a5e:f127::/32']))",
            "True",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("ip", Accepts::TextOrDynamic, "the address"),
    Parameter::repeated("range", Accepts::StringOrDynamic, 1, "networks or arrays of them"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let ip = Ipv6::parse(row.text(0))?;
        let mut ranges = of_row(row).filter_map(|range| Ipv6::parse(&convert::to_text(&range)));
        Some(ranges.any(|range| range.holds(ip)))
    })
}
