//! The kinds of addresses, in the words of Defender.

use std::net::IpAddr;

use whotalks_record::is_public;

/// The kind of an address. What Defender has no word for (link-local, multicast, shared) is `Reserved`.
pub(crate) fn address_kind(address: IpAddr) -> &'static str {
    match address.to_canonical() {
        address if address.is_loopback() => "Loopback",
        IpAddr::V4(address) if address.is_private() => "Private",
        IpAddr::V4(address) if address.is_broadcast() => "Broadcast",
        IpAddr::V6(address) if address.is_unique_local() => "Private",
        // RFC 4380 2.6: Teredo's prefix.
        IpAddr::V6(address) if address.segments().starts_with(&[0x2001, 0]) => "Teredo",
        address if is_public(address) => "Public",
        _ => "Reserved",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_word() {
        for (address, kind) in [
            ("10.1.2.3", "Private"),
            ("fd00::1", "Private"),
            ("::ffff:192.168.0.1", "Private"),
            ("127.0.0.1", "Loopback"),
            ("::1", "Loopback"),
            ("255.255.255.255", "Broadcast"),
            ("2001:0:4136:e378::1", "Teredo"),
            ("198.51.100.7", "Public"),
            ("2606:4700::1111", "Public"),
            ("169.254.1.1", "Reserved"),
            ("ff02::fb", "Reserved"),
        ] {
            assert_eq!(address_kind(address.parse().unwrap()), kind, "{address}");
        }
    }
}
