//! The Internet checksum (RFC 1071) and the pseudo headers of IPv4 (RFC 9293 3.1) and IPv6 (RFC 8200 8.1).

use std::net::IpAddr;

/// The sum of big-endian 16-bit words, an odd last byte padded with zero. Not yet folded.
pub(crate) fn sum_words(bytes: &[u8]) -> u64 {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let whole: u64 = pairs.iter().map(|pair| u64::from(u16::from_be_bytes(*pair))).sum();
    whole + rest.first().map_or(0, |last| u64::from(*last) << 8)
}

/// Folds a sum into 16 bits and complements it.
pub(crate) fn internet_checksum(sum: u64) -> u16 {
    let mut folded = sum;
    while folded > 0xffff {
        folded = (folded & 0xffff) + (folded >> 16);
    }
    !u16::try_from(folded).unwrap_or(0)
}

/// The sum of the pseudo header for a payload of that protocol and length.
pub(crate) fn pseudo_header_sum(source: IpAddr, destination: IpAddr, protocol: u8, length: usize) -> u64 {
    address_sum(source) + address_sum(destination) + u64::from(protocol) + length as u64
}

fn address_sum(address: IpAddr) -> u64 {
    match address {
        IpAddr::V4(address) => sum_words(&address.octets()),
        IpAddr::V6(address) => sum_words(&address.octets()),
    }
}

#[cfg(test)]
mod tests {
    use super::{internet_checksum, sum_words};

    #[test]
    fn the_example_of_rfc_1071_section_3() {
        let bytes = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7];
        assert_eq!(internet_checksum(sum_words(&bytes)), !0xddf2);
    }
}
