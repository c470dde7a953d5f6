//! The time that Arista's switches write into frames they mirror (Arista, "EOS User Manual": "Timestamping").
//!
//! ```text
//! | kind 2: 1 | version 2 | seconds 4, nanoseconds 4, or seconds 2, nanoseconds 4 | EtherType 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// The kind that is a time.
const TIME: u16 = 1;
/// Versions: times of 64 and of 48 bits, atomic time or UTC.
const LONG: [u16; 2] = [0x0010, 0x0110];
const SHORT: [u16; 2] = [0x0020, 0x0120];

/// A time, after the EtherType that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    time: &'a [u8],
    ether_type: EtherType,
}

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Unknown`] for other kinds and versions; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let kind = cursor.u16_be("avsp.kind")?;
        let version = cursor.u16_be("avsp.version")?;
        let bytes = match version {
            long if LONG.contains(&long) => 8,
            short if SHORT.contains(&short) => 6,
            _ => 0,
        };
        if kind != TIME || bytes == 0 {
            let number = u32::from(kind) << 16 | u32::from(version);
            return Err(Stop::Unknown {
                field: "avsp.kind",
                number,
                offset,
            });
        }
        let time = cursor.slice("avsp.time", bytes)?;
        let ether_type = EtherType(cursor.u16_be("avsp.ether_type")?);
        Ok(Self { time, ether_type })
    }

    /// The nanoseconds within a second.
    #[must_use]
    pub fn nanoseconds(&self) -> Option<u32> {
        self.time.last_chunk().copied().map(u32::from_be_bytes)
    }

    /// What follows.
    #[must_use]
    pub const fn ether_type(&self) -> EtherType {
        self.ether_type
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lengths_of_times_are_read() {
        let long = [0, 1, 0, 0x10, 1, 2, 3, 4, 0, 0, 0, 9, 8, 0];
        let short = [0, 1, 1, 0x20, 1, 2, 0, 0, 0, 9, 8, 0];
        for bytes in [&long[..], &short] {
            let header = Header::parse(&mut Cursor::new(bytes)).unwrap();
            assert_eq!((header.nanoseconds(), header.ether_type()), (Some(9), EtherType::IPV4));
        }
        assert!(Header::parse(&mut Cursor::new(&[0, 2, 0, 0x10, 0, 0])).is_err());
    }
}
