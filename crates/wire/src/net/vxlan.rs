//! VXLAN (RFC 7348), as switches and cloud traffic mirrors send it.
//!
//! ```text
//! | flags 1 | reserved 3 | network identifier 3 | reserved 1 | Ethernet ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U8, U32};
    pub(super) const FLAGS: U8<0> = U8;
    pub(super) const IDENTIFIER: U32<4> = U32;
}

/// The UDP port it is sent to.
pub const PORT: u16 = 4789;

/// The flag that every header has.
const HAS_IDENTIFIER: u8 = 0x08;
/// Flags in use: the identifier's, and the one of the group policy extension.
const KNOWN_FLAGS: u8 = HAS_IDENTIFIER | 0x80;

/// Reads the header and gives the number of the virtual network; an Ethernet frame follows.
///
/// # Errors
/// [`Stop::Unknown`] for flags that make it something else; [`Stop::Short`].
pub fn identifier(cursor: &mut Cursor<'_>) -> Result<u32, Stop> {
    let offset = cursor.offset();
    let header: &[u8; 8] = cursor.array("vxlan.header")?;
    let flags = field::FLAGS.of(header);
    if flags & HAS_IDENTIFIER == 0 || flags & !KNOWN_FLAGS != 0 {
        return Err(Stop::Unknown {
            field: "vxlan.flags",
            number: flags.into(),
            offset,
        });
    }
    Ok(field::IDENTIFIER.be(header) >> 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifier_has_three_bytes() {
        assert_eq!(identifier(&mut Cursor::new(&[8, 0, 0, 0, 1, 2, 3, 0])), Ok(0x01_0203));
    }

    #[test]
    fn other_flags_are_something_else() {
        for flags in [0x00, 0x0c, 0x48] {
            let stop = identifier(&mut Cursor::new(&[flags, 0, 0, 0, 1, 2, 3, 0]));
            assert!(
                matches!(
                    stop,
                    Err(Stop::Unknown {
                        field: "vxlan.flags",
                        ..
                    })
                ),
                "{flags}"
            );
        }
    }
}
