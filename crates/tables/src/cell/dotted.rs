//! Addresses as text, quickly.

use std::net::Ipv4Addr;

/// An IPv4 address in dotted decimal: nearly every row of a case has one or two, and formatting them would take a tenth of the time of
/// writing it.
pub(super) struct Dotted {
    bytes: [u8; 15],
    length: usize,
}

impl Dotted {
    /// The text of an address.
    pub(super) fn of(address: Ipv4Addr) -> Self {
        let mut dotted = Self {
            bytes: [0; 15],
            length: 0,
        };
        for (place, octet) in address.octets().into_iter().enumerate() {
            if place > 0 {
                dotted.put(b'.');
            }
            if octet >= 100 {
                dotted.put(b'0' + octet / 100);
            }
            if octet >= 10 {
                dotted.put(b'0' + octet / 10 % 10);
            }
            dotted.put(b'0' + octet % 10);
        }
        dotted
    }

    fn put(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        let text = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_octet_is_written_as_the_standard_library_writes_it() {
        for octet in 0..=255 {
            let address = Ipv4Addr::new(octet, 255 - octet, 0, octet);
            assert_eq!(Dotted::of(address).text(), address.to_string());
        }
    }
}
