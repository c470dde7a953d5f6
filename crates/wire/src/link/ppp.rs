//! PPP (RFC 1661), its HDLC-like framing (RFC 1662) and PPPoE (RFC 2516).
//!
//! ```text
//! PPP   | address 0xff, control 0x03: may be left out | protocol 2, or 1 if compressed | ...
//! PPPoE | version, type 1 | code 1 | session 2 | length 2 | PPP protocol ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

mod pppoe_field {
    use whotalks_bytes::fixed::{U8, U16};
    pub(super) const VERSION_AND_TYPE: U8<0> = U8;
    pub(super) const CODE: U8<1> = U8;
    pub(super) const SESSION: U16<2> = U16;
    pub(super) const LENGTH: U16<4> = U16;
}

const ADDRESS_AND_CONTROL: [u8; 2] = [0xff, 0x03];
const IPV4: u16 = 0x0021;
const IPV6: u16 = 0x0057;
const MPLS: u16 = 0x0281;
/// The PPPoE code of session data.
const SESSION_DATA: u8 = 0;

/// A PPP header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    has_address: bool,
    protocol: u16,
}

impl Header {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        let has_address = cursor.rest().starts_with(&ADDRESS_AND_CONTROL);
        if has_address {
            cursor.skip("ppp.address", ADDRESS_AND_CONTROL.len())?;
        }
        let protocol = protocol(cursor)?;
        Ok(Self { has_address, protocol })
    }

    /// Whether address 0xff and control 0x03 were written.
    #[must_use]
    pub const fn has_address(&self) -> bool {
        self.has_address
    }

    /// What follows, by the numbers of PPP (IANA "PPP DLL Protocol Numbers").
    #[must_use]
    pub const fn protocol(&self) -> u16 {
        self.protocol
    }

    /// What follows, as an EtherType; `offset` is where it lies.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for control protocols and the like.
    pub fn ether_type(&self, offset: u64) -> Result<EtherType, Stop> {
        match self.protocol {
            IPV4 => Ok(EtherType::IPV4),
            IPV6 => Ok(EtherType::IPV6),
            MPLS => Ok(EtherType::MPLS),
            number => Err(Stop::Unknown {
                field: "ppp.protocol",
                number: number.into(),
                offset,
            }),
        }
    }
}

/// An odd first byte is the whole protocol number, compressed (RFC 1661 6.5).
fn protocol(cursor: &mut Cursor<'_>) -> Result<u16, Stop> {
    let compressed = cursor.rest().first().is_some_and(|byte| byte & 1 == 1);
    Ok(if compressed {
        cursor.u8("ppp.protocol")?.into()
    } else {
        cursor.u16_be("ppp.protocol")?
    })
}

/// A Cisco HDLC header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HdlcHeader<'a>(&'a [u8; 4]);

impl<'a> HdlcHeader<'a> {
    /// Reads the header; none where the address says that it is PPP.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Option<Self>, Stop> {
        match cursor.rest() {
            [0x0f | 0x8f, _, ..] => Ok(Some(Self(cursor.array("chdlc.header")?))),
            _ => Ok(None),
        }
    }

    /// Unicast (0x0f) or multicast (0x8f).
    #[must_use]
    pub const fn address(&self) -> u8 {
        let [address, ..] = *self.0;
        address
    }

    /// What follows.
    #[must_use]
    pub const fn ether_type(&self) -> EtherType {
        let [_, _, high, low] = *self.0;
        EtherType(u16::from_be_bytes([high, low]))
    }
}

/// A PPPoE header, after the EtherType that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PppoeHeader<'a>(&'a [u8; 6]);

impl<'a> PppoeHeader<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("pppoe.header")?))
    }

    /// Whether it holds session data; `offset` is where it lies.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for discovery.
    pub fn check_code(&self, offset: u64) -> Result<(), Stop> {
        match self.code() {
            SESSION_DATA => Ok(()),
            code => Err(Stop::Unknown {
                field: "pppoe.code",
                number: code.into(),
                offset,
            }),
        }
    }

    /// The version, 1.
    #[must_use]
    pub const fn version(&self) -> u8 {
        pppoe_field::VERSION_AND_TYPE.of(self.0) >> 4
    }

    /// The type, 1.
    #[must_use]
    pub const fn kind(&self) -> u8 {
        pppoe_field::VERSION_AND_TYPE.of(self.0) & 0x0f
    }

    /// What it is: 0 for session data, others for discovery.
    #[must_use]
    pub const fn code(&self) -> u8 {
        pppoe_field::CODE.of(self.0)
    }

    /// The number of the session.
    #[must_use]
    pub const fn session_id(&self) -> u16 {
        pppoe_field::SESSION.be(self.0)
    }

    /// Bytes of PPP that follow.
    #[must_use]
    pub const fn payload_bytes(&self) -> u16 {
        pppoe_field::LENGTH.be(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<EtherType, Stop> {
        Header::parse(&mut Cursor::new(bytes))?.ether_type(0)
    }

    #[test]
    fn framing_and_compression_may_be_there_or_not() {
        assert_eq!(read(&[0xff, 0x03, 0x00, 0x21]), Ok(EtherType::IPV4));
        assert_eq!(read(&[0x00, 0x57]), Ok(EtherType::IPV6));
        assert_eq!(read(&[0x21, 0x45]), Ok(EtherType::IPV4));
    }

    #[test]
    fn a_control_protocol_is_data() {
        assert_eq!(
            read(&[0xc0, 0x21]),
            Err(Stop::Unknown {
                field: "ppp.protocol",
                number: 0xc021,
                offset: 0
            })
        );
    }

    #[test]
    fn cisco_hdlc_carries_an_ether_type() {
        let header = HdlcHeader::parse(&mut Cursor::new(&[0x0f, 0, 0x08, 0x00])).unwrap();
        assert_eq!(header.map(|header| header.ether_type()), Some(EtherType::IPV4));
        assert_eq!(HdlcHeader::parse(&mut Cursor::new(&[0xff, 0x03, 0x00, 0x57])), Ok(None));
    }

    #[test]
    fn pppoe_session_data_states_its_length_and_discovery_is_not_read() {
        let header = PppoeHeader::parse(&mut Cursor::new(&[0x11, 0, 0, 9, 1, 2])).unwrap();
        assert_eq!((header.session_id(), header.payload_bytes()), (9, 0x102));
        assert_eq!((header.version(), header.kind()), (1, 1));
        let discovery = PppoeHeader::parse(&mut Cursor::new(&[0x11, 9, 0, 0, 0, 4])).unwrap();
        assert!(header.check_code(0).is_ok() && discovery.check_code(0).is_err());
    }
}
