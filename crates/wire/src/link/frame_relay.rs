//! Frame relay (Q.922 addresses; RFC 2427 encapsulation, and Cisco's own).
//!
//! ```text
//! RFC 2427 | address 2 to 4 | control 0x03 | NLPID 1 | ...
//! Cisco    | address 2 to 4 | EtherType 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

const UNNUMBERED: u8 = 0x03;
const NLPID_IPV4: u8 = 0xcc;
const NLPID_IPV6: u8 = 0x8e;
const NLPID_SNAP: u8 = 0x80;
/// The organisation code of bridged frames (RFC 2427 4.2).
const BRIDGED: u32 = 0x00_80c2;
/// The bit that ends the address.
const ADDRESS_END: u8 = 0x01;
/// The longest Q.922 address in bytes.
const MOST_ADDRESS_BYTES: u32 = 4;

/// A header: the address and, if they follow, control and network layer protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    address: &'a [u8],
    inner: Inner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inner {
    Cisco(EtherType),
    Nlpid(u8),
    Snap { organisation: u32, protocol: u16 },
}

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::TooDeep`] for an address without end; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let address = address(cursor)?;
        let inner = if cursor.rest().first() == Some(&UNNUMBERED) {
            rfc_2427(cursor)?
        } else {
            Inner::Cisco(EtherType(cursor.u16_be("frame_relay.ether_type")?))
        };
        Ok(Self { address, inner })
    }

    /// The number of the virtual circuit: six bits of the first byte, four of the second, seven of each more.
    #[must_use]
    pub fn circuit(&self) -> u32 {
        let bits = |circuit: u32, (at, byte): (usize, &u8)| match at {
            0 => u32::from(byte >> 2),
            1 => (circuit << 4) | u32::from(byte >> 4),
            _ => (circuit << 7) | u32::from(byte >> 1),
        };
        self.address.iter().enumerate().fold(0, bits)
    }

    /// The network layer protocol, where RFC 2427 is used.
    #[must_use]
    pub const fn nlpid(&self) -> Option<u8> {
        match self.inner {
            Inner::Cisco(_) => None,
            Inner::Nlpid(nlpid) => Some(nlpid),
            Inner::Snap { .. } => Some(NLPID_SNAP),
        }
    }

    /// What follows, as an EtherType; `offset` is where it lies.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for other protocols.
    pub const fn ether_type(&self, offset: u64) -> Result<EtherType, Stop> {
        match self.inner {
            Inner::Cisco(ether_type) => Ok(ether_type),
            Inner::Nlpid(NLPID_IPV4) => Ok(EtherType::IPV4),
            Inner::Nlpid(NLPID_IPV6) => Ok(EtherType::IPV6),
            Inner::Snap {
                organisation: 0,
                protocol,
            } => Ok(EtherType(protocol)),
            Inner::Snap {
                organisation: BRIDGED,
                protocol: 1 | 7,
            } => Ok(EtherType::ETHERNET_BRIDGING),
            Inner::Snap { organisation, .. } => Err(Stop::Unknown {
                field: "snap.organisation",
                number: organisation,
                offset,
            }),
            Inner::Nlpid(number) => Err(Stop::Unknown {
                field: "frame_relay.nlpid",
                number: number as u32,
                offset,
            }),
        }
    }
}

fn address<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], Stop> {
    let end = cursor
        .rest()
        .iter()
        .take(MOST_ADDRESS_BYTES as usize)
        .position(|byte| byte & ADDRESS_END != 0);
    match end {
        Some(end) => Ok(cursor.slice("frame_relay.address", end + 1)?),
        None => {
            cursor.skip("frame_relay.address", MOST_ADDRESS_BYTES as usize)?;
            Err(Stop::TooDeep {
                limit: MOST_ADDRESS_BYTES,
                offset: cursor.offset(),
            })
        }
    }
}

fn rfc_2427(cursor: &mut Cursor<'_>) -> Result<Inner, Stop> {
    cursor.skip("frame_relay.control", 1)?;
    if cursor.rest().first() == Some(&0) {
        cursor.skip("frame_relay.padding", 1)?;
    }
    match cursor.u8("frame_relay.nlpid")? {
        NLPID_SNAP => {
            let [a, b, c] = *cursor.array("snap.organisation")?;
            let organisation = u32::from_be_bytes([0, a, b, c]);
            let protocol = cursor.u16_be("snap.protocol")?;
            Ok(Inner::Snap { organisation, protocol })
        }
        nlpid => Ok(Inner::Nlpid(nlpid)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<EtherType, Stop> {
        Header::parse(&mut Cursor::new(bytes))?.ether_type(3)
    }

    #[test]
    fn both_encapsulations_are_read() {
        assert_eq!(read(&[0x18, 0x41, 0x03, 0xcc]), Ok(EtherType::IPV4));
        assert_eq!(read(&[0x18, 0x41, 0x08, 0x00]), Ok(EtherType::IPV4));
        assert_eq!(
            read(&[0x18, 0x41, 0x03, 0x00, 0x80, 0, 0, 0, 0x86, 0xdd]),
            Ok(EtherType::IPV6)
        );
    }

    #[test]
    fn the_circuit_is_read_from_all_bytes_of_the_address() {
        let header = Header::parse(&mut Cursor::new(&[0x18, 0x41, 0x03, 0xcc])).unwrap();
        assert_eq!((header.circuit(), header.nlpid()), (100, Some(0xcc)));
    }

    #[test]
    fn a_management_message_is_data() {
        let stop = read(&[0x00, 0x01, 0x03, 0x08]).unwrap_err();
        assert_eq!(
            stop,
            Stop::Unknown {
                field: "frame_relay.nlpid",
                number: 8,
                offset: 3
            }
        );
    }
}
