//! Linux netfilter log (<https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html>): attributes, one of which is the packet.
//!
//! ```text
//! | family 1 | version 1 | resource id 2 | attribute: length 2, type 2 (host order), value, padding to 4 | ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

/// The attribute that holds the packet, which begins with its IP header.
const PAYLOAD: u16 = 9;
/// Bytes of an attribute's own length and type.
const ATTRIBUTE_HEADER_BYTES: u16 = 4;
/// How many attributes are looked at; the kernel writes about twenty kinds.
const MOST_ATTRIBUTES: u32 = 64;

/// The beginning of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 4]);

impl<'a> Header<'a> {
    /// Reads the header, without attributes.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("nflog.header")?))
    }

    /// The address family of the packet as Linux numbers it: 2 for IPv4, 10 for IPv6.
    #[must_use]
    pub const fn family(&self) -> u8 {
        let [family, ..] = *self.0;
        family
    }

    /// The version of the format.
    #[must_use]
    pub const fn version(&self) -> u8 {
        let [_, version, ..] = *self.0;
        version
    }

    /// The number of the log group.
    #[must_use]
    pub const fn resource_id(&self) -> u16 {
        let [_, _, high, low] = *self.0;
        u16::from_be_bytes([high, low])
    }
}

/// Finds the logged packet among the attributes after the header.
///
/// # Errors
/// [`Stop::Short`] when there is none; [`Stop::Malformed`] for an attribute shorter than its own header.
pub fn payload<'a>(cursor: &mut Cursor<'a>) -> Result<Cursor<'a>, Stop> {
    for _ in 0..MOST_ATTRIBUTES {
        let offset = cursor.offset();
        let length = cursor.u16_le("nflog.attribute_length")?;
        let kind = cursor.u16_le("nflog.attribute_type")?;
        let Some(value_bytes) = length.checked_sub(ATTRIBUTE_HEADER_BYTES) else {
            return Err(Stop::Malformed {
                field: "nflog.attribute_length",
                number: length.into(),
                offset,
            });
        };
        if kind == PAYLOAD {
            let kept = cursor.rest().len().min(value_bytes.into());
            return Ok(cursor.part("nflog.payload", kept)?);
        }
        cursor.skip("nflog.attribute", usize::from(value_bytes).next_multiple_of(4))?;
    }
    Err(Stop::TooDeep {
        limit: MOST_ATTRIBUTES,
        offset: cursor.offset(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packet_is_found_behind_other_attributes() {
        let bytes = [2, 0, 0, 1, 5, 0, 10, 0, b'x', 0, 0, 0, 6, 0, 9, 0, 0x45, 0x00];
        let mut cursor = Cursor::new(&bytes);
        let header = Header::parse(&mut cursor).unwrap();
        assert_eq!((header.family(), header.version(), header.resource_id()), (2, 0, 1));
        let packet = payload(&mut cursor).unwrap();
        assert_eq!((packet.rest(), packet.offset()), (&[0x45, 0x00][..], 16));
    }

    #[test]
    fn an_attribute_of_no_length_is_malformed_not_endless() {
        let stop = payload(&mut Cursor::at(&[0, 0, 1, 0], 4)).unwrap_err();
        assert_eq!(
            stop,
            Stop::Malformed {
                field: "nflog.attribute_length",
                number: 0,
                offset: 4
            }
        );
    }
}
