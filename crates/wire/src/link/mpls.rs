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

mod field {
    use whotalks_bytes::fixed::U32;
    pub(super) const ENTRY: U32<0> = U32;
}

/// The UDP port that it is sent to in UDP (RFC 7510).
pub const UDP_PORT: u16 = 6635;

/// Labels among which the last one is looked for where only a port says that it is MPLS; stacks of more than four are rare.
pub(crate) const MOST_LIKELY_LABELS: usize = 8;

/// The bit of the last label.
const BOTTOM_OF_STACK: u32 = 0x100;

/// One entry of a label stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a>(&'a [u8; 4]);

impl<'a> Label<'a> {
    /// Reads one entry.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("mpls.label")?))
    }

    /// The label, 20 bits.
    #[must_use]
    pub const fn label(&self) -> u32 {
        field::ENTRY.be(self.0) >> 12
    }

    /// The traffic class, 0 to 7 (RFC 5462); once "experimental".
    #[must_use]
    pub const fn traffic_class(&self) -> u8 {
        // Three bits are left.
        (field::ENTRY.be(self.0) >> 9) as u8 & 0x07
    }

    /// True for the last entry.
    #[must_use]
    pub const fn is_bottom(&self) -> bool {
        field::ENTRY.be(self.0) & BOTTOM_OF_STACK != 0
    }

    /// How many routers may still pass it on.
    #[must_use]
    pub const fn time_to_live(&self) -> u8 {
        let [_, _, _, last] = *self.0;
        last
    }
}

/// What lies below the labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inner {
    /// An IP packet.
    Ip,
    /// An Ethernet frame in a pseudowire, whose control word has been read.
    Ethernet,
}

/// Says what follows the last label.
///
/// # Errors
/// [`Stop::Unknown`] when the first nibble tells nothing; [`Stop::Short`].
pub fn below_the_stack(cursor: &mut Cursor<'_>) -> Result<Inner, Stop> {
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
    fn every_part_of_an_entry_is_read() {
        let mut cursor = Cursor::new(&[0x12, 0x34, 0x5b, 64, 0x45]);
        let label = Label::parse(&mut cursor).unwrap();
        assert_eq!((label.label(), label.traffic_class()), (0x1_2345, 5));
        assert_eq!((label.is_bottom(), label.time_to_live()), (true, 64));
        assert_eq!(below_the_stack(&mut cursor), Ok(Inner::Ip));
        assert_eq!(cursor.rest(), [0x45]);
    }

    #[test]
    fn a_control_word_announces_ethernet() {
        let mut cursor = Cursor::new(&[0, 0, 0, 7, 0xaa]);
        assert_eq!(below_the_stack(&mut cursor), Ok(Inner::Ethernet));
        assert_eq!(cursor.rest(), [0xaa]);
    }

    #[test]
    fn a_nibble_that_tells_nothing_is_said() {
        let stop = below_the_stack(&mut Cursor::new(&[0x90])).unwrap_err();
        assert_eq!(
            stop,
            Stop::Unknown {
                field: "mpls.first_nibble",
                number: 9,
                offset: 0
            }
        );
    }
}
