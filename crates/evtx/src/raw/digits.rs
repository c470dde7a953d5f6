//! Numbers and IPv4 addresses straight from UTF-16LE, in the one way Windows writes them; `None` sends the caller to the general
//! parsers. Every connection event holds four such texts.

use std::net::Ipv4Addr;

/// The most digits read here; more could exceed 64 bits.
const MOST_DIGITS: usize = 19;

/// The ASCII characters of a text up to its null; a character that is none gives `None`.
fn characters(bytes: &[u8]) -> impl Iterator<Item = Option<u8>> {
    let units = bytes.as_chunks::<2>().0.iter().take_while(|unit| **unit != [0, 0]);
    units.map(|[low, high]| (*high == 0).then_some(*low))
}

fn digit(character: u8) -> Option<u8> {
    character.is_ascii_digit().then(|| character - b'0')
}

/// A number in decimal digits alone.
pub(super) fn decimal(bytes: &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    let mut count = 0;
    for character in characters(bytes) {
        count += 1;
        if count > MOST_DIGITS {
            return None;
        }
        number = number * 10 + u64::from(digit(character?)?);
    }
    (count > 0).then_some(number)
}

/// Four octets in decimal without leading zeros (RFC 6943 3.1.1: other notations are read differently by different systems).
pub(super) fn ipv4(bytes: &[u8]) -> Option<Ipv4Addr> {
    let (mut address, mut dots) = (0_u32, 0);
    let mut octet = None::<u8>;
    for character in characters(bytes) {
        octet = match (character?, octet) {
            (b'.', Some(last)) => {
                address = address.checked_mul(256)? | u32::from(last);
                dots += 1;
                if dots > 3 {
                    return None;
                }
                None
            }
            (_, Some(0)) => return None,
            (other, None) => Some(digit(other)?),
            (other, Some(value)) => Some(value.checked_mul(10)?.checked_add(digit(other)?)?),
        };
    }
    let last = octet.filter(|_| dots == 3)?;
    Some(Ipv4Addr::from(address << 8 | u32::from(last)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn only_the_plain_notations_are_read() {
        assert_eq!(decimal(&utf16("49271")), Some(49_271));
        assert_eq!(decimal(&utf16("80\0rest")), Some(80));
        for text in ["", " 80", "0x50", "-1", "+1", "８０", "99999999999999999999"] {
            assert_eq!(decimal(&utf16(text)), None, "{text}");
        }
        assert_eq!(ipv4(&utf16("203.0.113.7\0")), Some(Ipv4Addr::new(203, 0, 113, 7)));
    }

    proptest! {
        #[test]
        fn addresses_are_read_as_the_standard_library_reads_them(text in "[0-9.]{0,3}\\.?[0-9.:]{0,12}|([0-9]{1,3}\\.){3}[0-9]{1,3}") {
            prop_assert_eq!(ipv4(&utf16(&text)), text.parse().ok());
        }

        #[test]
        fn numbers_are_read_as_the_standard_library_reads_them(text in "[0-9]{1,19}") {
            prop_assert_eq!(decimal(&utf16(&text)), text.parse().ok());
        }
    }
}
