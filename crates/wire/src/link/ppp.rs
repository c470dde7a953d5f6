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
    pub(super) const CODE: U8<1> = U8;
    pub(super) const LENGTH: U16<4> = U16;
}

const ADDRESS_AND_CONTROL: [u8; 2] = [0xff, 0x03];
const IPV4: u16 = 0x0021;
const IPV6: u16 = 0x0057;
const MPLS: u16 = 0x0281;
/// The PPPoE code of session data.
const SESSION_DATA: u8 = 0;

/// Reads a PPP header and says what follows, as an EtherType.
///
/// # Errors
/// [`Stop::Unknown`] for control protocols and the like; [`Stop::Short`].
pub fn ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    if cursor.rest().starts_with(&ADDRESS_AND_CONTROL) {
        cursor.skip("ppp.address", ADDRESS_AND_CONTROL.len())?;
    }
    let offset = cursor.offset();
    match protocol(cursor)? {
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

/// An odd first byte is the whole protocol number, compressed (RFC 1661 6.5).
fn protocol(cursor: &mut Cursor<'_>) -> Result<u16, Stop> {
    let compressed = cursor.rest().first().is_some_and(|byte| byte & 1 == 1);
    Ok(if compressed {
        cursor.u8("ppp.protocol")?.into()
    } else {
        cursor.u16_be("ppp.protocol")?
    })
}

/// Reads a Cisco HDLC header, which is told from PPP by its address; what follows is an EtherType.
///
/// # Errors
/// As [`ether_type`].
pub fn hdlc_ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    match cursor.rest() {
        [0x0f | 0x8f, _, ..] => {
            cursor.skip("chdlc.address", 2)?;
            Ok(EtherType(cursor.u16_be("chdlc.protocol")?))
        }
        _ => ether_type(cursor),
    }
}

/// A PPPoE header, after the EtherType that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PppoeHeader<'a>(&'a [u8; 6]);

impl<'a> PppoeHeader<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Unknown`] when it holds no session data; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let header = Self(cursor.array("pppoe.header")?);
        match field_code(header) {
            SESSION_DATA => Ok(header),
            code => Err(Stop::Unknown {
                field: "pppoe.code",
                number: code.into(),
                offset,
            }),
        }
    }

    /// Bytes of PPP that follow.
    #[must_use]
    pub const fn payload_bytes(&self) -> u16 {
        pppoe_field::LENGTH.be(self.0)
    }
}

const fn field_code(header: PppoeHeader<'_>) -> u8 {
    pppoe_field::CODE.of(header.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<EtherType, Stop> {
        ether_type(&mut Cursor::new(bytes))
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
        assert_eq!(
            hdlc_ether_type(&mut Cursor::new(&[0x0f, 0, 0x08, 0x00])),
            Ok(EtherType::IPV4)
        );
        assert_eq!(
            hdlc_ether_type(&mut Cursor::new(&[0xff, 0x03, 0x00, 0x57])),
            Ok(EtherType::IPV6)
        );
    }

    #[test]
    fn pppoe_session_data_states_its_length_and_discovery_is_not_read() {
        let header = PppoeHeader::parse(&mut Cursor::new(&[0x11, 0, 0, 9, 1, 2])).unwrap();
        assert_eq!(header.payload_bytes(), 0x102);
        assert!(PppoeHeader::parse(&mut Cursor::new(&[0x11, 9, 0, 0, 0, 4])).is_err());
    }
}
