//! IP addresses and networks of them.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::item::Item;

/// An IPv4 address, with a prefix length a network.
pub(super) fn ipv4(text: &str) -> Option<Item<'static>> {
    let (address, length) = parts(text, 32)?;
    let address: Ipv4Addr = address.parse().ok()?;
    let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
    Some(Item::ipv4(address.to_bits(), mask))
}

/// An IPv6 address, with a prefix length a network.
pub(super) fn ipv6(text: &str) -> Option<Item<'static>> {
    let (address, length) = parts(text, 128)?;
    let address: Ipv6Addr = address.parse().ok()?;
    let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
    Some(Item::ipv6(address.to_bits(), mask))
}

fn parts(text: &str, most: u32) -> Option<(&str, u32)> {
    let Some((address, length)) = text.split_once('/') else {
        return Some((text, most));
    };
    let length = length.parse().ok().filter(|length| *length <= most)?;
    Some((address, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_a_mask() {
        assert_eq!(ipv4("10.0.0.1/8"), Some(Item::ipv4(0x0a00_0001, 0xff00_0000)));
        assert_eq!(ipv4("0.0.0.0/0"), Some(Item::ipv4(0, 0)));
        assert_eq!(ipv4("10.0.0.1"), Some(Item::ipv4(0x0a00_0001, u32::MAX)));
        assert_eq!(ipv6("::1/128"), Some(Item::ipv6(1, u128::MAX)));
        assert_eq!(ipv6("::/0"), Some(Item::ipv6(0, 0)));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["10.0.0.0/33", "10.1", "10.0.0.256", "localhost", "::1", "1.2.3.4/-1"] {
            assert_eq!(ipv4(text), None, "{text}");
        }
        for text in ["::1/129", "1.2.3.4", "fe80::1%eth0"] {
            assert_eq!(ipv6(text), None, "{text}");
        }
    }
}
