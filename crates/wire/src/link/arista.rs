//! The time that Arista's switches write into frames they mirror (Arista, "Overview of Arista Timestamps"; the fields as Arista gave
//! them to tcpdump, `print-arista.c`).
//!
//! ```text
//! | kind 2: 1 | scale 1 | format 4 bit, hardware 4 bit | seconds 4, nanoseconds 4, or seconds 2, nanoseconds 4 | EtherType 2 | ...
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

/// The kind that is a time.
const TIME: u16 = 1;
/// The format of times of 64 bits, and of 48; scale and hardware change nothing about their length.
const LONG: u16 = 1;
const SHORT: u16 = 2;

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
    /// [`Stop::Unknown`] for other kinds and formats; [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let offset = cursor.offset();
        let kind = cursor.u16_be("avsp.kind")?;
        let version = cursor.u16_be("avsp.version")?;
        let bytes = match version >> 4 & 0xf {
            LONG => 8,
            SHORT => 6,
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
        let newer_hardware = [0, 1, 1, 0x11, 1, 2, 3, 4, 0, 0, 0, 9, 8, 0];
        for bytes in [&long[..], &short, &newer_hardware] {
            let header = Header::parse(&mut Cursor::new(bytes)).unwrap();
            assert_eq!((header.nanoseconds(), header.ether_type()), (Some(9), EtherType::IPV4));
        }
        assert!(Header::parse(&mut Cursor::new(&[0, 2, 0, 0x10, 0, 0])).is_err());
    }
}
