//! ARP for IPv4 over Ethernet (RFC 826).
//!
//! ```text
//! | hardware 2 | protocol 2 | lengths 1 + 1 | operation 2 | sender MAC 6 | sender IP 4 | target MAC 6 | target IP 4 |
//! ```

use std::net::Ipv4Addr;

use whotalks_bytes::Cursor;

use crate::Stop;
use crate::link::MacAddress;

mod field {
    use whotalks_bytes::fixed::{Octets, U16, U32};
    pub(super) const HARDWARE: U16<0> = U16;
    pub(super) const PROTOCOL: U16<2> = U16;
    pub(super) const LENGTHS: U16<4> = U16;
    pub(super) const OPERATION: U16<6> = U16;
    pub(super) const SENDER_MAC: Octets<8, 6> = Octets;
    pub(super) const SENDER_IP: U32<14> = U32;
    pub(super) const TARGET_MAC: Octets<18, 6> = Octets;
    pub(super) const TARGET_IP: U32<24> = U32;
}

const PROTOCOL_IPV4: u16 = 0x0800;
/// Hardware addresses of 6 bytes, protocol addresses of 4.
const ETHERNET_AND_IPV4: u16 = 0x0604;

/// What an ARP packet wants (IANA "ARP parameters").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation(pub u16);

impl Operation {
    /// Who has this address?
    pub const REQUEST: Self = Self(1);
    /// I have it.
    pub const REPLY: Self = Self(2);
}

/// An ARP packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet<'a>(&'a [u8; 28]);

impl<'a> Packet<'a> {
    /// Reads the packet.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for addresses other than Ethernet and IPv4; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        // Other addresses are of other lengths, so that the packet may be shorter.
        let [_, _, a, b, c, d, _, _] = *Cursor::at(cursor.rest(), offset).array("arp.packet")?;
        let (protocol, lengths) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        if protocol != PROTOCOL_IPV4 || lengths != ETHERNET_AND_IPV4 {
            return Err(Stop::Unknown {
                field: "arp.protocol",
                number: protocol.into(),
                offset,
            });
        }
        Ok(Self(cursor.array("arp.packet")?))
    }

    /// The kind of hardware address, 1 for Ethernet.
    #[must_use]
    pub const fn hardware(&self) -> u16 {
        field::HARDWARE.be(self.0)
    }

    /// The kind of protocol address, 0x0800 for IPv4.
    #[must_use]
    pub const fn protocol(&self) -> u16 {
        field::PROTOCOL.be(self.0)
    }

    /// Bytes of a hardware address and of a protocol address.
    #[must_use]
    pub const fn address_bytes(&self) -> (u8, u8) {
        let [hardware, protocol] = field::LENGTHS.be(self.0).to_be_bytes();
        (hardware, protocol)
    }

    /// Question or answer.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        Operation(field::OPERATION.be(self.0))
    }

    /// The hardware address of who sent it.
    #[must_use]
    pub const fn sender_mac(&self) -> MacAddress {
        MacAddress(field::SENDER_MAC.of(self.0))
    }

    /// The address of who sent it, 0.0.0.0 in a probe (RFC 5227).
    #[must_use]
    pub const fn sender_ip(&self) -> Ipv4Addr {
        Ipv4Addr::from_bits(field::SENDER_IP.be(self.0))
    }

    /// The hardware address asked about, zero in a request.
    #[must_use]
    pub const fn target_mac(&self) -> MacAddress {
        MacAddress(field::TARGET_MAC.of(self.0))
    }

    /// The address asked about.
    #[must_use]
    pub const fn target_ip(&self) -> Ipv4Addr {
        Ipv4Addr::from_bits(field::TARGET_IP.be(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: [u8; 28] = [
        0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2,
    ];

    #[test]
    fn a_request_names_sender_and_target() {
        let packet = Packet::parse(&mut Cursor::new(&REQUEST)).unwrap();
        assert_eq!(packet.operation(), Operation::REQUEST);
        assert_eq!(packet.sender_mac().to_string(), "02:00:00:00:00:01");
        assert_eq!(packet.sender_ip(), Ipv4Addr::new(10, 0, 0, 1));
        assert_eq!(packet.target_mac(), MacAddress([0; 6]));
        assert_eq!(packet.target_ip(), Ipv4Addr::new(10, 0, 0, 2));
    }

    #[test]
    fn other_address_families_are_not_read() {
        let mut packet = REQUEST;
        packet[5] = 16;
        for bytes in [&packet[..], &packet[..18]] {
            assert!(matches!(
                Packet::parse(&mut Cursor::new(bytes)),
                Err(Stop::Unknown {
                    field: "arp.protocol",
                    ..
                })
            ));
        }
    }
}
