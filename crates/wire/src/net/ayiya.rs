//! AYIYA, IPv6 in UDP as tunnel brokers carried it (draft-massar-v6ops-ayiya-02).
//!
//! ```text
//! | identity's length as a power of two and type 1 | signature's words and method 1 | authentication, operation 1 |
//! | next header 1 | time 4 | identity .. | signature .. | IP ...
//! ```

use whotalks_bytes::Cursor;
use whotalks_record::IpProtocol;

use super::{IPV4_IN_IP, IPV6_IN_IP};
use crate::Stop;

/// The UDP port.
pub const PORT: u16 = 5072;

/// The operation that forwards a packet.
const FORWARD: u8 = 1;
/// The longest identity, a power of two: 2^15 bytes, as four bits state.
const LENGTH_SHIFT: u8 = 4;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 8]);

impl<'a> Header<'a> {
    /// Reads the header, its identity and its signature.
    ///
    /// # Errors
    /// [`Stop::Unknown`] where no IP packet follows; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let header = Self(cursor.array("ayiya.header")?);
        let [identity, signature, operation, ..] = *header.0;
        cursor.skip("ayiya.identity", 1 << (identity >> LENGTH_SHIFT))?;
        cursor.skip("ayiya.signature", usize::from(signature >> LENGTH_SHIFT) * 4)?;
        let version = cursor.rest().first().map(|byte| byte >> 4);
        let is_ip = matches!(
            (header.next_header(), version),
            (IPV6_IN_IP, Some(6)) | (IPV4_IN_IP, Some(4))
        );
        if operation & 0x0f != FORWARD || !is_ip {
            return Err(Stop::Unknown {
                field: "ayiya.operation",
                number: operation.into(),
                offset,
            });
        }
        Ok(header)
    }

    /// What it carries.
    #[must_use]
    pub const fn next_header(&self) -> IpProtocol {
        let [_, _, _, next, ..] = *self.0;
        IpProtocol(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_and_signature_state_their_lengths() {
        let bytes = [&[0x11, 0x12, 0x11, 41, 0, 0, 0, 0][..], &[0; 2 + 4], &[0x60]].concat();
        let mut cursor = Cursor::new(&bytes);
        assert_eq!(Header::parse(&mut cursor).unwrap().next_header(), IPV6_IN_IP);
        assert_eq!(cursor.rest(), [0x60]);
        let mut idle = bytes;
        idle[2] = 0x10;
        assert!(Header::parse(&mut Cursor::new(&idle)).is_err());
    }
}
