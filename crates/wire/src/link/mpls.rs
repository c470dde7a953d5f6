//! MPLS label stacks (RFC 3032).
//!
//! ```text
//! | label 20 bit | traffic class 3 bit | bottom of stack 1 bit | time to live 8 bit |
//! ```
//!
//! A label does not say what it carries. After the bottom label the first nibble decides: 4 and 6 are IP (RFC 4928 2), 0 is
//! the control word of a pseudowire (RFC 4385 3), which carries Ethernet by far most often.

use whotalks_bytes::Cursor;

use crate::Stop;

/// How many labels are followed; deep stacks have about ten.
const MOST_LABELS: u32 = 16;
/// The bit of the last label.
const BOTTOM_OF_STACK: u32 = 0x100;

/// What lies below the labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inner {
    /// An IP packet.
    Ip,
    /// An Ethernet frame in a pseudowire, whose control word has been read.
    Ethernet,
}

/// Reads all labels and says what follows.
///
/// # Errors
/// [`Stop::Unknown`] when the first nibble tells nothing; [`Stop::TooDeep`]; [`Stop::Short`].
pub fn inner(cursor: &mut Cursor<'_>) -> Result<Inner, Stop> {
    for _ in 0..MOST_LABELS {
        if cursor.u32_be("mpls.label")? & BOTTOM_OF_STACK != 0 {
            return below_the_stack(cursor);
        }
    }
    Err(Stop::TooDeep {
        limit: MOST_LABELS,
        offset: cursor.offset(),
    })
}

fn below_the_stack(cursor: &mut Cursor<'_>) -> Result<Inner, Stop> {
    let offset = cursor.offset();
    let first = cursor.rest().first().copied().unwrap_or_default();
    match first >> 4 {
        4 | 6 => Ok(Inner::Ip),
        0 => {
            cursor.skip("mpls.control_word", 4)?;
            Ok(Inner::Ethernet)
        }
        nibble => Err(Stop::Unknown {
            field: "mpls.first_nibble",
            number: nibble.into(),
            offset,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_labels_are_passed_over() {
        let mut cursor = Cursor::new(&[0, 1, 0x00, 64, 0, 2, 0x01, 64, 0x45]);
        assert_eq!(inner(&mut cursor), Ok(Inner::Ip));
        assert_eq!(cursor.rest(), [0x45]);
    }

    #[test]
    fn a_control_word_announces_ethernet() {
        let mut cursor = Cursor::new(&[0, 2, 0x01, 64, 0, 0, 0, 7, 0xaa]);
        assert_eq!(inner(&mut cursor), Ok(Inner::Ethernet));
        assert_eq!(cursor.rest(), [0xaa]);
    }

    #[test]
    fn a_stack_without_bottom_ends() {
        let stop = inner(&mut Cursor::new(&[0; 400])).unwrap_err();
        assert_eq!(stop, Stop::TooDeep { limit: 16, offset: 64 });
    }
}
