//! The checksum of the Internet protocols (RFC 1071).

/// The sum of all 16-bit words in one's complement, added to `start`; 0xffff over data that holds its own checksum.
pub(crate) fn ones_complement(bytes: &[u8], start: u32) -> u16 {
    let (words, last) = bytes.as_chunks::<2>();
    let sum = words
        .iter()
        .map(|word| u64::from(u16::from_be_bytes(*word)))
        .sum::<u64>();
    let odd = last.first().map_or(0, |byte| u64::from(*byte) << 8);
    let mut sum = sum + odd + u64::from(start);
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u16
}

/// The sum over the IPv6 pseudo-header (RFC 8200 8.1); `addresses` are source and destination together.
pub(crate) fn pseudo_header(addresses: &[u8], length: u32, protocol: u8) -> u32 {
    let [a, b, c, d] = length.to_be_bytes();
    let tail = [a, b, c, d, 0, 0, 0, protocol];
    u32::from(ones_complement(addresses, 0)) + u32::from(ones_complement(&tail, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_holds_its_checksum_sums_to_all_ones() {
        assert_eq!(ones_complement(&[0x08, 0x00, 0xf7, 0xfc, 0, 1, 0, 2], 0), 0xffff);
        assert_eq!(ones_complement(&[0x01, 0x02, 0x03], 0), 0x0402);
    }
}
