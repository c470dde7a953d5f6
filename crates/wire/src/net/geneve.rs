//! Geneve (RFC 8926).
//!
//! ```text
//! | version 2 bit | options length 6 bit | flags 1 | EtherType 2 | network identifier 3 | reserved 1 | options .. | ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;
use crate::link::EtherType;

mod field {
    use whotalks_bytes::fixed::{U8, U16};
    pub(super) const VERSION_AND_LENGTH: U8<0> = U8;
    pub(super) const ETHER_TYPE: U16<2> = U16;
}

/// The UDP port it is sent to.
pub const PORT: u16 = 6081;

/// The part of the first byte that counts the words of options.
const LENGTH_MASK: u8 = 0x3f;

/// Reads the header with its options and says what follows.
///
/// # Errors
/// [`Stop::Unknown`] for another version; [`Stop::Short`].
pub fn ether_type(cursor: &mut Cursor<'_>) -> Result<EtherType, Stop> {
    let offset = cursor.offset();
    let header: &[u8; 8] = cursor.array("geneve.header")?;
    let first = field::VERSION_AND_LENGTH.of(header);
    if first & !LENGTH_MASK != 0 {
        return Err(Stop::Unknown {
            field: "geneve.version",
            number: (first >> 6).into(),
            offset,
        });
    }
    cursor.skip("geneve.options", usize::from(first & LENGTH_MASK) * 4)?;
    Ok(EtherType(field::ETHER_TYPE.be(header)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_passed_over() {
        let mut cursor = Cursor::new(&[1, 0, 0x65, 0x58, 0, 0, 1, 0, 9, 9, 9, 9, 7]);
        assert_eq!(ether_type(&mut cursor), Ok(EtherType::ETHERNET_BRIDGING));
        assert_eq!(cursor.rest(), [7]);
    }

    #[test]
    fn another_version_is_not_read() {
        let stop = ether_type(&mut Cursor::new(&[0x40, 0, 8, 0, 0, 0, 0, 0]));
        assert!(matches!(
            stop,
            Err(Stop::Unknown {
                field: "geneve.version",
                number: 1,
                ..
            })
        ));
    }
}
