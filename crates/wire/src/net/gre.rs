//! GRE (RFC 2784, RFC 2890), its PPTP variant (RFC 2637) and ERSPAN type II.
//!
//! ```text
//! | flags, version 2 | EtherType 2 | checksum 4, if C | routing .., if R | key 4, if K | sequence 4, if S | ack 4, if v1 and A |
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;
use crate::link::EtherType;

mod field {
    use whotalks_bytes::fixed::U16;
    pub(super) const FLAGS: U16<0> = U16;
    pub(super) const ETHER_TYPE: U16<2> = U16;
}

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGMENT: u16 = 0x0080;
const VERSION_MASK: u16 = 0x0007;
/// The optional words and the flags that announce them.
const OPTIONAL_WORDS: [u16; 4] = [CHECKSUM, KEY, SEQUENCE, ACKNOWLEDGMENT];
/// Bytes of the ERSPAN type II header.
const ERSPAN_BYTES: usize = 8;

/// Reads the header and says what follows. An ERSPAN header is passed over as well.
///
/// # Errors
/// [`Stop::Unknown`] for source routing or a version above 1; [`Stop::Short`].
pub fn ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    let offset = cursor.offset();
    let header: &[u8; 4] = cursor.array("gre.header")?;
    let flags = field::FLAGS.be(header);
    if flags & ROUTING != 0 || flags & VERSION_MASK > 1 {
        return Err(Stop::Unknown {
            field: "gre.flags",
            number: flags.into(),
            offset,
        });
    }
    let words = OPTIONAL_WORDS.into_iter().filter(|word| flags & word != 0).count();
    cursor.skip("gre.optional", words * 4)?;
    match EtherType(field::ETHER_TYPE.be(header)) {
        // Without a sequence number it is ERSPAN type I, which has no header of its own.
        EtherType::ERSPAN_II => {
            cursor.skip("erspan.header", if flags & SEQUENCE == 0 { 0 } else { ERSPAN_BYTES })?;
            Ok(EtherType::ETHERNET_BRIDGING)
        }
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Result<EtherType, Stop>, u64) {
        let mut cursor = Cursor::new(bytes);
        (ether_type(&mut cursor), cursor.offset())
    }

    #[test]
    fn optional_words_are_passed_over() {
        assert_eq!(read(&[0, 0, 0x08, 0x00]), (Ok(EtherType::IPV4), 4));
        assert_eq!(
            read(&[0xb0, 0, 0x86, 0xdd, 1, 1, 0, 0, 2, 2, 2, 2, 3, 3, 3, 3]),
            (Ok(EtherType::IPV6), 16)
        );
        assert_eq!(
            read(&[0x30, 0x81, 0x88, 0x0b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (Ok(EtherType::PPP), 16)
        );
    }

    #[test]
    fn erspan_is_a_mirrored_ethernet_frame() {
        assert_eq!(
            read(&[0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            (Ok(EtherType::ETHERNET_BRIDGING), 16)
        );
        assert_eq!(read(&[0, 0, 0x88, 0xbe]), (Ok(EtherType::ETHERNET_BRIDGING), 4));
    }

    #[test]
    fn source_routing_is_not_read() {
        assert!(matches!(
            read(&[0x40, 0, 8, 0]).0,
            Err(Stop::Unknown { field: "gre.flags", .. })
        ));
    }
}
