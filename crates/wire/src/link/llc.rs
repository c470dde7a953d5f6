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
/// The organisation code under which the protocol is an EtherType.
const ETHER_TYPE_ORGANISATION: [u8; 3] = [0; 3];

/// Reads the header and says what follows, where that is an EtherType.
///
/// # Errors
/// [`Stop::Unknown`] for other protocols of the 802.2 family, such as spanning tree; [`Stop::Short`].
pub fn ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    let offset = cursor.offset();
    let [dsap, ssap, control] = *cursor.array("llc.header")?;
    match (dsap, ssap, control) {
        (SNAP, SNAP, UNNUMBERED) => snap_ether_type(cursor),
        (IP, IP, UNNUMBERED) => Ok(EtherType::IPV4),
        _ => Err(Stop::Unknown {
            field: "llc.dsap",
            number: dsap.into(),
            offset,
        }),
    }
}

fn snap_ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    let offset = cursor.offset();
    let organisation = *cursor.array("snap.organisation")?;
    let protocol = cursor.u16_be("snap.protocol")?;
    if organisation == ETHER_TYPE_ORGANISATION {
        return Ok(EtherType(protocol));
    }
    let [a, b, c] = organisation;
    Err(Stop::Unknown {
        field: "snap.organisation",
        number: u32::from_be_bytes([0, a, b, c]),
        offset,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snap_carries_an_ether_type() {
        let mut cursor = Cursor::new(&[0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0x06, 9]);
        assert_eq!(ether_type(&mut cursor), Ok(EtherType::ARP));
        assert_eq!(cursor.rest(), [9]);
    }

    #[test]
    fn spanning_tree_is_not_read() {
        let stop = ether_type(&mut Cursor::new(&[0x42, 0x42, 0x03, 0, 0])).unwrap_err();
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
        let stop = ether_type(&mut Cursor::new(&[0xaa, 0xaa, 0x03, 0x00, 0x00, 0x0c, 0x20, 0x00])).unwrap_err();
        assert!(matches!(
            stop,
            Stop::Unknown {
                field: "snap.organisation",
                number: 0x0c,
                ..
            }
        ));
    }
}
