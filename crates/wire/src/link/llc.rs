//! IEEE 802.2 logical link control, with the SNAP extension (RFC 1042).
//!
//! ```text
//! | DSAP 1 | SSAP 1 | control 1 or 2 | SNAP, if both are 0xaa: organisation 3, protocol 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// The service access point of SNAP.
const SNAP: u8 = 0xaa;
/// The service access point of IP itself, rare.
const IP: u8 = 0x06;
/// Control field of an unnumbered information frame.
const UNNUMBERED: u8 = 0x03;
/// The organisation codes under which the protocol is an EtherType: none, and the one of bridge tunnels (IEEE 802.1H).
const ETHER_TYPE_ORGANISATIONS: [u32; 2] = [0, 0x00_00f8];

/// The bits of a control field that tell its kind.
const CONTROL_KIND: u8 = 0x03;

/// An LLC header, with its SNAP extension if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    saps: &'a [u8; 2],
    control: &'a [u8],
    snap: Option<&'a [u8; 5]>,
}

impl<'a> Header<'a> {
    /// Reads the header. A control field of information and supervisory frames has two bytes.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let saps = cursor.array("llc.header")?;
        let unnumbered = cursor
            .rest()
            .first()
            .is_some_and(|byte| byte & CONTROL_KIND == CONTROL_KIND);
        let control = cursor.slice("llc.control", if unnumbered { 1 } else { 2 })?;
        let snap = match (saps, control) {
            ([SNAP, SNAP], [UNNUMBERED]) => Some(cursor.array("snap.header")?),
            _ => None,
        };
        Ok(Self { saps, control, snap })
    }

    /// The destination's service access point.
    #[must_use]
    pub const fn dsap(&self) -> u8 {
        let [dsap, _] = *self.saps;
        dsap
    }

    /// The source's service access point; its lowest bit marks a response.
    #[must_use]
    pub const fn ssap(&self) -> u8 {
        let [_, ssap] = *self.saps;
        ssap
    }

    /// The control field, one byte or two, least significant first.
    #[must_use]
    pub const fn control(&self) -> u16 {
        match self.control {
            [low] => *low as u16,
            [low, high, ..] => u16::from_le_bytes([*low, *high]),
            [] => 0,
        }
    }

    /// The organisation that numbered the protocol, under SNAP.
    #[must_use]
    pub fn organisation(&self) -> Option<u32> {
        self.snap.map(|&[a, b, c, _, _]| u32::from_be_bytes([0, a, b, c]))
    }

    /// The protocol by that organisation's numbers, under SNAP.
    #[must_use]
    pub fn protocol(&self) -> Option<u16> {
        self.snap.map(|&[_, _, _, high, low]| u16::from_be_bytes([high, low]))
    }

    /// What follows, where that is an EtherType.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for other protocols of the 802.2 family, such as spanning tree, which `offset` gives the place of.
    pub fn ether_type(&self, offset: u64) -> Result<EtherType, Stop> {
        match (self.organisation(), self.protocol()) {
            (Some(organisation), Some(protocol)) if ETHER_TYPE_ORGANISATIONS.contains(&organisation) => {
                Ok(EtherType(protocol))
            }
            (Some(number), _) => Err(Stop::Unknown {
                field: "snap.organisation",
                number,
                offset,
            }),
            _ if *self.saps == [IP, IP] && self.control == [UNNUMBERED] => Ok(EtherType::IPV4),
            _ => Err(Stop::Unknown {
                field: "llc.dsap",
                number: self.dsap().into(),
                offset,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'a>(cursor: &mut Cursor<'a>) -> Result<(Header<'a>, EtherType), Stop> {
        let header = Header::parse(cursor)?;
        Ok((header, header.ether_type(0)?))
    }

    #[test]
    fn snap_carries_an_ether_type() {
        let mut cursor = Cursor::new(&[0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0x06, 9]);
        let (header, ether_type) = read(&mut cursor).unwrap();
        assert_eq!((header.dsap(), header.ssap(), header.control()), (0xaa, 0xaa, 3));
        assert_eq!((header.organisation(), header.protocol()), (Some(0), Some(0x0806)));
        assert_eq!((ether_type, cursor.rest()), (EtherType::ARP, &[9][..]));
    }

    #[test]
    fn spanning_tree_is_not_read() {
        let stop = read(&mut Cursor::new(&[0x42, 0x42, 0x03, 0, 0])).unwrap_err();
        assert_eq!(
            stop,
            Stop::Unknown {
                field: "llc.dsap",
                number: 0x42,
                offset: 0
            }
        );
    }

    #[test]
    fn a_vendor_protocol_under_snap_is_not_read() {
        let stop = read(&mut Cursor::new(&[0xaa, 0xaa, 0x03, 0x00, 0x00, 0x0c, 0x20, 0x00])).unwrap_err();
        assert!(matches!(
            stop,
            Stop::Unknown {
                field: "snap.organisation",
                number: 0x0c,
                ..
            }
        ));
    }

    #[test]
    fn a_numbered_frame_has_two_bytes_of_control() {
        let mut cursor = Cursor::new(&[0xf0, 0xf1, 0x01, 0x02, 9]);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!((header.control(), cursor.rest()), (0x0201, &[9][..]));
    }
}
