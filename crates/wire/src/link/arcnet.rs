//! ARCnet (RFC 1201, RFC 1051; <https://www.tcpdump.org/linktypes/LINKTYPE_ARCNET_BSD.html>, `…_LINUX.html`).
//!
//! ```text
//! BSD   | source 1 | destination 1 | type 1 | RFC 1201: split flag 1, sequence 2 | ...
//! Linux | source 1 | destination 1 | offset 2 | type 1 | RFC 1201: split flag 1, sequence 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// Types of RFC 1051, behind which the packet lies at once.
const OLD_IPV4: u8 = 240;
const OLD_ARP: u8 = 241;
/// Types of RFC 1201 and RFC 2497.
const IPV4: u8 = 212;
const ARP: u8 = 213;
const REVERSE_ARP: u8 = 214;
const IPV6: u8 = 196;
/// The split flag of a frame that is one byte count too long to be told from another; the true one follows.
const EXCEPTION: u8 = 0xff;

/// What a frame begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    kind: u8,
    split: u8,
}

impl Header {
    /// Reads the header; `has_offset` as Linux writes it.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'_>, has_offset: bool) -> Result<Self, Stop> {
        cursor.skip("arcnet.addresses", if has_offset { 4 } else { 2 })?;
        let kind = cursor.u8("arcnet.type")?;
        let mut split = 0;
        if !matches!(kind, OLD_IPV4 | OLD_ARP) {
            split = cursor.u8("arcnet.split_flag")?;
            cursor.skip("arcnet.sequence", 2)?;
            if split == EXCEPTION && !has_offset {
                cursor.skip("arcnet.padding", 1)?;
                split = cursor.u8("arcnet.split_flag")?;
                cursor.skip("arcnet.sequence", 2)?;
            }
        }
        Ok(Self { kind, split })
    }

    /// What follows; `offset` is where it lies.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for other protocols, and for the later parts of a packet (their flags are even).
    pub const fn ether_type(&self, offset: u64) -> Result<EtherType, Stop> {
        let is_later_part = self.split != 0 && self.split.is_multiple_of(2);
        Ok(match self.kind {
            _ if is_later_part => {
                return Err(Stop::Unknown {
                    field: "arcnet.split_flag",
                    number: self.split as u32,
                    offset,
                });
            }
            OLD_IPV4 | IPV4 => EtherType::IPV4,
            OLD_ARP | ARP => EtherType::ARP,
            REVERSE_ARP => EtherType::REVERSE_ARP,
            IPV6 => EtherType::IPV6,
            number => {
                return Err(Stop::Unknown {
                    field: "arcnet.type",
                    number: number as u32,
                    offset,
                });
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], has_offset: bool) -> (Result<EtherType, Stop>, usize) {
        let mut cursor = Cursor::new(bytes);
        let header = Header::parse(&mut cursor, has_offset).unwrap();
        (header.ether_type(0), cursor.rest().len())
    }

    #[test]
    fn both_standards_and_both_systems_are_read() {
        assert_eq!(read(&[1, 2, 240, 9], false), (Ok(EtherType::IPV4), 1));
        assert_eq!(read(&[1, 0, 237, 8, 241, 9], true), (Ok(EtherType::ARP), 1));
        assert_eq!(read(&[1, 2, 212, 0, 0, 7, 9], false), (Ok(EtherType::IPV4), 1));
        assert_eq!(read(&[1, 2, 0, 8, 196, 1, 0, 7, 9], true), (Ok(EtherType::IPV6), 1));
        let exception = [1, 2, 213, 0xff, 0xff, 0xff, 0xff, 0, 0, 7, 9];
        assert_eq!(read(&exception, false), (Ok(EtherType::ARP), 1));
    }

    #[test]
    fn a_later_part_is_no_packet() {
        assert!(read(&[1, 2, 212, 2, 0, 7, 9], false).0.is_err());
        assert!(read(&[1, 2, 128, 0, 0, 7], false).0.is_err());
    }
}
