//! Ethernet within IP (RFC 3378): a version and a whole frame.
//!
//! ```text
//! | version 4 bit | reserved 12 bit | Ethernet ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

/// The only version.
const VERSION: u8 = 3;

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a>(&'a [u8; 2]);

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for another version; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let header = Self(cursor.array("etherip.header")?);
        match header.version() {
            VERSION => Ok(header),
            version => Err(Stop::Unknown {
                field: "etherip.version",
                number: version.into(),
                offset,
            }),
        }
    }

    /// The version, 3.
    #[must_use]
    pub const fn version(&self) -> u8 {
        let [first, _] = *self.0;
        first >> 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_version_3_is_read() {
        assert!(Header::parse(&mut Cursor::new(&[0x30, 0])).is_ok());
        assert!(Header::parse(&mut Cursor::new(&[0x20, 0])).is_err());
    }
}
