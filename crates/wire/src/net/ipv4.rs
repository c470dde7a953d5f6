//! IPv4 (RFC 791).
//!
//! ```text
//! | version 4 bit | header length 4 bit | service 1 | total length 2 | identification 2 | flags 3 bit | offset 13 bit |
//! | time to live 1 | protocol 1 | checksum 2 | source 4 | destination 4 | options 0 to 40 |
//! ```

use std::net::Ipv4Addr;

use whotalks_bytes::Cursor;
use whotalks_record::IpProtocol;

use super::Fragment;
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{Octets, U8, U16};
    pub(super) const VERSION_AND_LENGTH: U8<0> = U8;
    pub(super) const SERVICE: U8<1> = U8;
    pub(super) const TOTAL_LENGTH: U16<2> = U16;
    pub(super) const IDENTIFICATION: U16<4> = U16;
    pub(super) const FLAGS_AND_OFFSET: U16<6> = U16;
    pub(super) const TIME_TO_LIVE: U8<8> = U8;
    pub(super) const PROTOCOL: U8<9> = U8;
    pub(super) const CHECKSUM: U16<10> = U16;
    pub(super) const SOURCE: Octets<12, 4> = Octets;
    pub(super) const DESTINATION: Octets<16, 4> = Octets;
}

/// Bytes of the header without options.
pub const HEADER_BYTES: usize = 20;

const RESERVED_FLAG: u16 = 0x8000;
const DO_NOT_FRAGMENT: u16 = 0x4000;
const MORE_FRAGMENTS: u16 = 0x2000;
const OFFSET_MASK: u16 = 0x1fff;
/// The unit of the fragment offset.
const OFFSET_UNIT_BYTES: u32 = 8;

/// An IPv4 header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; HEADER_BYTES],
    options: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the header with its options.
    ///
    /// # Errors
    /// [`Stop::Malformed`] for another version or a header length below five words; [`Stop::Short`].
    #[inline]
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let fixed = cursor.array("ipv4.header")?;
        let first = field::VERSION_AND_LENGTH.of(fixed);
        if first >> 4 != 4 {
            return Err(Stop::Malformed {
                field: "ipv4.version",
                number: (first >> 4).into(),
                offset,
            });
        }
        let words = first & 0x0f;
        let Some(options_bytes) = (usize::from(words) * 4).checked_sub(HEADER_BYTES) else {
            return Err(Stop::Malformed {
                field: "ipv4.header_length",
                number: words.into(),
                offset,
            });
        };
        let options = cursor.slice("ipv4.options", options_bytes)?;
        Ok(Self { fixed, options })
    }

    /// Bytes of the header with its options: 20 to 60.
    #[inline]
    #[must_use]
    pub const fn header_bytes(&self) -> u32 {
        // Options have at most 40 bytes, so the sum fits.
        (HEADER_BYTES + self.options.len()) as u32
    }

    /// Bytes of header and data on the wire; 0 where the sending host left it to the network card (segmentation
    /// offload), in which case the frame's own length counts.
    #[inline]
    #[must_use]
    pub const fn total_length(&self) -> u16 {
        field::TOTAL_LENGTH.be(self.fixed)
    }

    /// The version, 4.
    #[must_use]
    pub const fn version(&self) -> u8 {
        field::VERSION_AND_LENGTH.of(self.fixed) >> 4
    }

    /// The differentiated services field (RFC 2474): code point in the upper six bits, congestion in the lower two.
    #[must_use]
    pub const fn differentiated_services(&self) -> u8 {
        field::SERVICE.of(self.fixed)
    }

    /// The number by which fragments find each other.
    #[must_use]
    pub const fn identification(&self) -> u16 {
        field::IDENTIFICATION.be(self.fixed)
    }

    /// The three flags, in the lowest bits: reserved 4, don't fragment 2, more fragments 1.
    #[must_use]
    pub const fn flags(&self) -> u8 {
        // Three bits are left.
        (field::FLAGS_AND_OFFSET.be(self.fixed) >> 13) as u8
    }

    /// The flag without a meaning.
    #[must_use]
    pub const fn reserved_flag(&self) -> bool {
        field::FLAGS_AND_OFFSET.be(self.fixed) & RESERVED_FLAG != 0
    }

    /// Routers must not fragment it.
    #[must_use]
    pub const fn do_not_fragment(&self) -> bool {
        field::FLAGS_AND_OFFSET.be(self.fixed) & DO_NOT_FRAGMENT != 0
    }

    /// Another fragment follows.
    #[must_use]
    pub const fn more_fragments(&self) -> bool {
        field::FLAGS_AND_OFFSET.be(self.fixed) & MORE_FRAGMENTS != 0
    }

    /// Where its data lies in the datagram's, in bytes.
    #[must_use]
    pub const fn fragment_offset(&self) -> u32 {
        (field::FLAGS_AND_OFFSET.be(self.fixed) & OFFSET_MASK) as u32 * OFFSET_UNIT_BYTES
    }

    /// The checksum of the header.
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        field::CHECKSUM.be(self.fixed)
    }

    /// The place in the datagram, if this is a fragment.
    #[inline]
    #[must_use]
    pub fn fragment(&self) -> Option<Fragment> {
        let word = field::FLAGS_AND_OFFSET.be(self.fixed);
        if word & (MORE_FRAGMENTS | OFFSET_MASK) == 0 {
            return None;
        }
        Some(Fragment {
            identification: field::IDENTIFICATION.be(self.fixed).into(),
            offset: u32::from(word & OFFSET_MASK) * OFFSET_UNIT_BYTES,
            more: word & MORE_FRAGMENTS != 0,
        })
    }

    /// How many routers may still pass it on.
    #[inline]
    #[must_use]
    pub const fn time_to_live(&self) -> u8 {
        field::TIME_TO_LIVE.of(self.fixed)
    }

    /// What the data holds.
    #[inline]
    #[must_use]
    pub const fn protocol(&self) -> IpProtocol {
        IpProtocol(field::PROTOCOL.of(self.fixed))
    }

    /// Who sent it.
    #[inline]
    #[must_use]
    pub const fn source(&self) -> Ipv4Addr {
        let [a, b, c, d] = field::SOURCE.of(self.fixed);
        Ipv4Addr::new(a, b, c, d)
    }

    /// Who it was sent to.
    #[inline]
    #[must_use]
    pub const fn destination(&self) -> Ipv4Addr {
        let [a, b, c, d] = field::DESTINATION.of(self.fixed);
        Ipv4Addr::new(a, b, c, d)
    }

    /// The options, unread.
    #[must_use]
    pub const fn options(&self) -> &'a [u8] {
        self.options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: [u8; 28] = [
        0x46, 0, 0, 28, 0x12, 0x34, 0x20, 0x02, 64, 6, 0, 0, 192, 0, 2, 1, 198, 51, 100, 2, 0x94, 4, 0, 0, 1, 2, 3, 4,
    ];

    #[test]
    fn every_field_is_read() {
        let mut cursor = Cursor::new(&PACKET);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!(header.header_bytes(), 24);
        assert_eq!(header.total_length(), 28);
        assert_eq!(header.time_to_live(), 64);
        assert_eq!(header.protocol(), IpProtocol::TCP);
        assert_eq!(header.source(), Ipv4Addr::new(192, 0, 2, 1));
        assert_eq!(header.destination(), Ipv4Addr::new(198, 51, 100, 2));
        assert_eq!(header.options(), [0x94, 4, 0, 0]);
        assert_eq!(
            header.fragment(),
            Some(Fragment {
                identification: 0x1234,
                offset: 16,
                more: true
            })
        );
        assert_eq!(cursor.rest(), [1, 2, 3, 4]);
    }

    #[test]
    fn dont_fragment_is_no_fragment() {
        let mut packet = PACKET;
        packet[6..8].copy_from_slice(&[0x40, 0]);
        assert_eq!(Header::parse(&mut Cursor::new(&packet)).unwrap().fragment(), None);
    }

    #[test]
    fn a_header_length_below_five_words_is_malformed() {
        let mut packet = PACKET;
        packet[0] = 0x44;
        let stop = Header::parse(&mut Cursor::new(&packet)).unwrap_err();
        assert_eq!(
            stop,
            Stop::Malformed {
                field: "ipv4.header_length",
                number: 4,
                offset: 0
            }
        );
    }

    #[test]
    fn cut_options_are_short() {
        let stop = Header::parse(&mut Cursor::new(&PACKET[..22])).unwrap_err();
        assert!(matches!(stop, Stop::Short(error) if error.field == "ipv4.options" && error.offset == 20));
    }
}
