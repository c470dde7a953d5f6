//! Linux "cooked" captures, versions 1 and 2 (<https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html>, `…_SLL2.html`).
//!
//! ```text
//! v1 | packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2 |
//! v2 | protocol 2 | reserved 2 | interface 4 | ARPHRD 2 | packet type 1 | address length 1 | address 8 |
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

mod field_v1 {
    use whotalks_bytes::fixed::{Octets, U16};
    pub(super) const PACKET_TYPE: U16<0> = U16;
    pub(super) const HARDWARE: U16<2> = U16;
    pub(super) const ADDRESS_LENGTH: U16<4> = U16;
    pub(super) const ADDRESS: Octets<6, 8> = Octets;
    pub(super) const PROTOCOL: U16<14> = U16;
}

mod field_v2 {
    use whotalks_bytes::fixed::{Octets, U8, U16, U32};
    pub(super) const PROTOCOL: U16<0> = U16;
    pub(super) const INTERFACE: U32<4> = U32;
    pub(super) const HARDWARE: U16<8> = U16;
    pub(super) const PACKET_TYPE: U8<10> = U8;
    pub(super) const ADDRESS_LENGTH: U8<11> = U8;
    pub(super) const ADDRESS: Octets<12, 8> = Octets;
}

/// The protocol that is no EtherType but says that an IEEE 802.2 header follows (Linux `ETH_P_802_2`).
pub const LLC: EtherType = EtherType(4);

/// The hardware type of a netlink socket, whose messages are no packets.
const ARPHRD_NETLINK: u16 = 824;

/// A version 1 header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderV1<'a>(&'a [u8; 16]);

impl<'a> HeaderV1<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("sll.header")?))
    }

    /// Who it was for: 0 us, 1 everybody, 2 a group, 3 another host, 4 sent by us.
    #[must_use]
    pub const fn packet_type(&self) -> u16 {
        field_v1::PACKET_TYPE.be(self.0)
    }

    /// The kind of device (Linux `ARPHRD_`).
    #[must_use]
    pub const fn hardware(&self) -> u16 {
        field_v1::HARDWARE.be(self.0)
    }

    /// Bytes of the address, which may be more than the eight that were kept.
    #[must_use]
    pub const fn address_length(&self) -> u16 {
        field_v1::ADDRESS_LENGTH.be(self.0)
    }

    /// The sender's address and padding.
    #[must_use]
    pub const fn address(&self) -> [u8; 8] {
        field_v1::ADDRESS.of(self.0)
    }

    /// The protocol as written.
    #[must_use]
    pub const fn protocol(&self) -> u16 {
        field_v1::PROTOCOL.be(self.0)
    }

    /// What follows. [`LLC`] stands for itself.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for a capture of a netlink socket.
    pub fn ether_type(&self) -> Result<EtherType, Stop> {
        packets_only(field_v1::HARDWARE.be(self.0), "sll.arphrd_type")?;
        Ok(EtherType(field_v1::PROTOCOL.be(self.0)))
    }
}

/// A version 2 header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderV2<'a>(&'a [u8; 20]);

impl<'a> HeaderV2<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("sll2.header")?))
    }

    /// Who it was for: 0 us, 1 everybody, 2 a group, 3 another host, 4 sent by us.
    #[must_use]
    pub const fn packet_type(&self) -> u8 {
        field_v2::PACKET_TYPE.of(self.0)
    }

    /// The kind of device (Linux `ARPHRD_`).
    #[must_use]
    pub const fn hardware(&self) -> u16 {
        field_v2::HARDWARE.be(self.0)
    }

    /// Bytes of the address, which may be more than the eight that were kept.
    #[must_use]
    pub const fn address_length(&self) -> u8 {
        field_v2::ADDRESS_LENGTH.of(self.0)
    }

    /// The sender's address and padding.
    #[must_use]
    pub const fn address(&self) -> [u8; 8] {
        field_v2::ADDRESS.of(self.0)
    }

    /// The protocol as written.
    #[must_use]
    pub const fn protocol(&self) -> u16 {
        field_v2::PROTOCOL.be(self.0)
    }

    /// What follows. [`LLC`] stands for itself.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for a capture of a netlink socket.
    pub fn ether_type(&self) -> Result<EtherType, Stop> {
        packets_only(field_v2::HARDWARE.be(self.0), "sll2.arphrd_type")?;
        Ok(EtherType(field_v2::PROTOCOL.be(self.0)))
    }

    /// The index of the interface on the machine that captured.
    #[must_use]
    pub const fn interface_index(&self) -> u32 {
        field_v2::INTERFACE.be(self.0)
    }
}

fn packets_only(hardware: u16, field: &'static str) -> Result<(), Stop> {
    if hardware == ARPHRD_NETLINK {
        return Err(Stop::Unknown {
            field,
            number: hardware.into(),
            offset: 0,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_1_has_its_protocol_last() {
        let bytes = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x00, 0x45];
        let mut cursor = Cursor::new(&bytes);
        assert_eq!(HeaderV1::parse(&mut cursor).unwrap().ether_type(), Ok(EtherType::IPV4));
        assert_eq!(cursor.rest(), [0x45]);
    }

    #[test]
    fn version_2_has_its_protocol_first_and_an_interface() {
        let bytes = [0x86, 0xdd, 0, 0, 0, 0, 0, 3, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        let header = HeaderV2::parse(&mut Cursor::new(&bytes)).unwrap();
        assert_eq!(
            (header.ether_type(), header.interface_index()),
            (Ok(EtherType::IPV6), 3)
        );
    }

    #[test]
    fn netlink_messages_are_no_packets() {
        let bytes = [0, 4, 0x03, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0x00];
        let stop = HeaderV1::parse(&mut Cursor::new(&bytes))
            .unwrap()
            .ether_type()
            .unwrap_err();
        assert_eq!(
            stop,
            Stop::Unknown {
                field: "sll.arphrd_type",
                number: 824,
                offset: 0
            }
        );
    }
}
