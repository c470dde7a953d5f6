//! The record layer (RFC 8446 5.1, RFC 5246 6.2.1).
//!
//! ```text
//! | type 1 | version 2 | length 2 | fragment ... |
//! ```

use whotalks_bytes::Cursor;

use super::Version;
use crate::Stop;
use crate::app::Unfinished;

mod field {
    use whotalks_bytes::fixed::{U8, U16};
    pub(super) const TYPE: U8<0> = U8;
    pub(super) const VERSION: U16<1> = U16;
    pub(super) const LENGTH: U16<3> = U16;
}

/// Bytes of a record's header.
pub const RECORD_HEADER_BYTES: usize = 5;
/// The longest record: 2^14 bytes and what old ciphers add (RFC 5246 6.2.3).
const MOST_RECORD_BYTES: u16 = (1 << 14) + 2048;

/// The content of a record (IANA "TLS ContentType").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentType(pub u8);

impl ContentType {
    /// Change of ciphers.
    pub const CHANGE_CIPHER_SPEC: Self = Self(20);
    /// An alert.
    pub const ALERT: Self = Self(21);
    /// Handshake messages.
    pub const HANDSHAKE: Self = Self(22);
    /// Encrypted data.
    pub const APPLICATION_DATA: Self = Self(23);
    /// Heartbeat (RFC 6520).
    pub const HEARTBEAT: Self = Self(24);
}

/// A record's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordHeader<'a>(&'a [u8; RECORD_HEADER_BYTES]);

impl<'a> RecordHeader<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Malformed`] when it cannot be one; [`Unfinished::NeedMore`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Unfinished> {
        let offset = cursor.offset();
        let header = Self(cursor.array("tls.record")?);
        let plausible = (ContentType::CHANGE_CIPHER_SPEC.0..=ContentType::HEARTBEAT.0)
            .contains(&header.content_type().0)
            && header.version().0 >> 8 == 3
            && header.length() <= MOST_RECORD_BYTES;
        if !plausible {
            let number = header.content_type().0.into();
            return Err(Stop::Malformed {
                field: "tls.record",
                number,
                offset,
            }
            .into());
        }
        Ok(header)
    }

    /// What the record holds.
    #[must_use]
    pub const fn content_type(&self) -> ContentType {
        ContentType(field::TYPE.of(self.0))
    }

    /// The version of the record layer, which says little: TLS 1.3 writes 1.2, many first records 1.0.
    #[must_use]
    pub const fn version(&self) -> Version {
        Version(field::VERSION.be(self.0))
    }

    /// How many bytes of it follow.
    #[must_use]
    pub const fn length(&self) -> u16 {
        field::LENGTH.be(self.0)
    }
}

/// A record, or as much of the last one as is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its header.
    pub header: RecordHeader<'a>,
    /// What is there of its content.
    pub fragment: &'a [u8],
    /// Where its header stands in the bytes that were given.
    pub offset: u64,
}

impl Record<'_> {
    /// Whether the whole content is there.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.fragment.len() >= self.header.length() as usize
    }

    /// The alert in it, unless it is encrypted or cut off: level and description (RFC 8446 6).
    #[must_use]
    pub fn alert(&self) -> Option<Alert> {
        match *self.fragment {
            [level, description] if self.header.content_type() == ContentType::ALERT && self.is_complete() => {
                Some(Alert { level, description })
            }
            _ => None,
        }
    }
}

/// An alert in the clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Alert {
    /// 1 is a warning, 2 fatal.
    pub level: u8,
    /// Why (IANA "TLS Alerts"): 0 close, 40 handshake failure, 42 bad certificate, 48 unknown authority, 112 unrecognized name.
    pub description: u8,
}

/// The records that a stretch of a stream begins with. It ends at the first thing that is no record.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a>(Cursor<'a>);

/// The records in `bytes`, which begin with a record.
#[must_use]
pub const fn records(bytes: &[u8]) -> Records<'_> {
    Records(Cursor::new(bytes))
}

impl<'a> Records<'a> {
    /// What was not read.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.0.rest()
    }

    /// Reads the next record, the last of which may be cut off.
    ///
    /// # Errors
    /// [`Unfinished::NeedMore`] when not even the header is there, [`Unfinished::Broken`] when something else is.
    pub fn read(&mut self) -> Result<Record<'a>, Unfinished> {
        let offset = self.0.offset();
        let header = RecordHeader::parse(&mut self.0)?;
        let length = usize::from(header.length()).min(self.0.rest().len());
        let fragment = self.0.slice("tls.fragment", length)?;
        Ok(Record {
            header,
            fragment,
            offset,
        })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.read().ok();
        if record.is_none() {
            self.0 = Cursor::new(&[]);
        }
        record
    }
}
