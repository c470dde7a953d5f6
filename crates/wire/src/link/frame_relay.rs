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
/// The bit that ends the address.
const ADDRESS_END: u8 = 0x01;
/// The longest Q.922 address in bytes.
const MOST_ADDRESS_BYTES: u32 = 4;

/// Reads the header and says what follows, as an EtherType.
///
/// # Errors
/// [`Stop::Unknown`] for other protocols; [`Stop::TooDeep`] for an address without end; [`Stop::Short`].
pub fn ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    skip_address(cursor)?;
    if cursor.rest().first() != Some(&UNNUMBERED) {
        return Ok(EtherType(cursor.u16_be("frame_relay.ether_type")?));
    }
    cursor.skip("frame_relay.control", 1)?;
    if cursor.rest().first() == Some(&0) {
        cursor.skip("frame_relay.padding", 1)?;
    }
    nlpid_ether_type(cursor)
}

fn skip_address(cursor: &mut Cursor<'_>) -> Result<(), Stop> {
    for _ in 0..MOST_ADDRESS_BYTES {
        if cursor.u8("frame_relay.address")? & ADDRESS_END != 0 {
            return Ok(());
        }
    }
    Err(Stop::TooDeep {
        limit: MOST_ADDRESS_BYTES,
        offset: cursor.offset(),
    })
}

fn nlpid_ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    let offset = cursor.offset();
    match cursor.u8("frame_relay.nlpid")? {
        NLPID_IPV4 => Ok(EtherType::IPV4),
        NLPID_IPV6 => Ok(EtherType::IPV6),
        NLPID_SNAP => {
            cursor.skip("snap.organisation", 3)?;
            Ok(EtherType(cursor.u16_be("snap.protocol")?))
        }
        number => Err(Stop::Unknown {
            field: "frame_relay.nlpid",
            number: number.into(),
            offset,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<EtherType, Stop> {
        ether_type(&mut Cursor::new(bytes))
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
