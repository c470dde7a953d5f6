//! The headers of file and frame, and times.

use whotalks_bytes::Cursor;
use whotalks_record::{IssueKind, Timestamp};

use super::short;

const MAGIC_1: &[u8; 4] = b"RTSS";
const MAGIC_2: &[u8; 4] = b"GMBU";
/// The part of the file header that is read.
const HEADER_BYTES: usize = 32;
/// Bytes of an entry of the frame table.
const TABLE_ENTRY_BYTES: u32 = 4;
/// From 1601, when FILETIME begins, to 1970.
const FILETIME_EPOCH_SECONDS: i64 = 11_644_473_600;
const DAY_SECONDS: i64 = 86_400;

mod field {
    use whotalks_bytes::fixed::{Octets, U8, U16, U32};
    pub(super) const MINOR: U8<4> = U8;
    pub(super) const MAJOR: U8<5> = U8;
    pub(super) const MEDIUM: U16<6> = U16;
    pub(super) const START: Octets<8, 16> = Octets;
    pub(super) const TABLE_OFFSET: U32<24> = U32;
    pub(super) const TABLE_BYTES: U32<28> = U32;
}

/// Whether a file that begins so is one of Network Monitor.
pub(crate) fn is_netmon(prefix: &[u8]) -> bool {
    prefix.starts_with(MAGIC_1) || prefix.starts_with(MAGIC_2)
}

/// What the file header says.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileHeader {
    major: u8,
    minor: u8,
    medium: u16,
    /// Nanoseconds since 1970.
    start: i64,
    table_offset: u32,
    table_bytes: u32,
}

/// What a frame's header says.
#[derive(Debug, Clone, Copy)]
pub(super) struct FrameHeader {
    /// Bytes of the header itself.
    pub(super) bytes: usize,
    /// Nanoseconds since the start.
    since_start: i64,
    pub(super) original_length: u32,
    pub(super) captured_length: u32,
}

impl FileHeader {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, IssueKind> {
        let Some(header) = bytes.first_chunk::<HEADER_BYTES>() else {
            return Err(short("netmon.file_header", HEADER_BYTES, bytes));
        };
        let major = field::MAJOR.of(header);
        let minor = field::MINOR.of(header);
        if !matches!(major, 1 | 2) {
            let found = format!("version {major}.{minor}").into();
            return Err(IssueKind::Unsupported {
                field: "netmon.version",
                found,
            });
        }
        Ok(Self {
            major,
            minor,
            medium: field::MEDIUM.le(header),
            start: system_time(&field::START.of(header)),
            table_offset: field::TABLE_OFFSET.le(header),
            table_bytes: field::TABLE_BYTES.le(header),
        })
    }

    pub(super) const fn table_offset(&self) -> usize {
        self.table_offset as usize
    }

    /// The offsets of all frames, none where the table is not there as a whole.
    pub(super) fn frame_table<'a>(&self, bytes: &'a [u8]) -> Option<impl Iterator<Item = usize> + use<'a>> {
        let table = bytes.get(self.table_offset()..)?.get(..self.table_bytes as usize)?;
        let (entries, _) = table.as_chunks::<{ TABLE_ENTRY_BYTES as usize }>();
        Some(entries.iter().map(|entry| u32::from_le_bytes(*entry) as usize))
    }

    pub(super) fn cut_table(&self, bytes: &[u8]) -> IssueKind {
        IssueKind::Truncated {
            field: "netmon.frame_table",
            needed: u64::from(self.table_offset).saturating_add(self.table_bytes.into()),
            available: bytes.len() as u64,
        }
    }

    /// Bytes after a frame's data.
    pub(super) const fn trailer_bytes(&self) -> usize {
        match (self.major, self.minor) {
            (1, _) | (2, 0) => 0,
            (_, 1) => 2,
            (_, 2) => 6,
            _ => 15,
        }
    }

    /// What a frame was captured on: what its trailer says, or the file header where there is none.
    pub(super) fn medium(&self, trailer: &[u8]) -> u16 {
        trailer
            .first_chunk()
            .map_or(self.medium, |bytes| u16::from_le_bytes(*bytes))
    }

    /// The time of a frame: its own, from 2.3, or the start's and the time since then.
    pub(super) fn time(&self, frame: &FrameHeader, trailer: &[u8]) -> Timestamp {
        let own = trailer.get(6..).and_then(<[u8]>::first_chunk::<8>);
        let own = own.map(|bytes| u64::from_le_bytes(*bytes)).filter(|time| *time > 0);
        let nanoseconds = own.map_or(self.start.saturating_add(frame.since_start), file_time);
        Timestamp::from_nanoseconds(nanoseconds)
    }
}

impl FrameHeader {
    pub(super) fn parse(file: &FileHeader, rest: &[u8]) -> Result<Self, IssueKind> {
        let cut = |_| short("netmon.frame_header", if file.major == 1 { 8 } else { 16 }, rest);
        let mut cursor = Cursor::new(rest);
        let header = if file.major == 1 {
            Self::version_1(&mut cursor)
        } else {
            Self::version_2(&mut cursor)
        };
        header.map_err(cut)
    }

    fn version_1(cursor: &mut Cursor<'_>) -> Result<Self, whotalks_bytes::ReadError> {
        let milliseconds = cursor.u32_le("netmon.time")?;
        Ok(Self {
            bytes: 8,
            since_start: i64::from(milliseconds).saturating_mul(1_000_000),
            original_length: cursor.u16_le("netmon.original_length")?.into(),
            captured_length: cursor.u16_le("netmon.captured_length")?.into(),
        })
    }

    fn version_2(cursor: &mut Cursor<'_>) -> Result<Self, whotalks_bytes::ReadError> {
        // A frame may lie before the start, in which case the number is negative.
        let microseconds = cursor.u64_le("netmon.time")?.cast_signed();
        Ok(Self {
            bytes: 16,
            since_start: microseconds.saturating_mul(1_000),
            original_length: cursor.u32_le("netmon.original_length")?,
            captured_length: cursor.u32_le("netmon.captured_length")?,
        })
    }
}

/// Nanoseconds since 1970 of a SYSTEMTIME: year, month, day of the week, day, hour, minute, second, millisecond.
fn system_time(bytes: &[u8; 16]) -> i64 {
    let (words, _) = bytes.as_chunks::<2>();
    let [year, month, _, day, hour, minute, second, millisecond] = match *words {
        [a, b, c, d, e, f, g, h] => [a, b, c, d, e, f, g, h].map(|word| i64::from(u16::from_le_bytes(word))),
        _ => [0; 8],
    };
    let seconds = days_since_1970(year, month, day) * DAY_SECONDS + hour * 3_600 + minute * 60 + second;
    seconds
        .saturating_mul(1_000_000_000)
        .saturating_add(millisecond * 1_000_000)
}

/// The number of a day of the Gregorian calendar. Years are counted from March, so that a leap day is the last one.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// Nanoseconds since 1970 of a FILETIME, which counts 100 ns.
fn file_time(units: u64) -> i64 {
    let nanoseconds = i128::from(units) * 100 - i128::from(FILETIME_EPOCH_SECONDS) * 1_000_000_000;
    i64::try_from(nanoseconds).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_numbered_through_leap_years() {
        assert_eq!(days_since_1970(1970, 1, 1), 0);
        assert_eq!(days_since_1970(2000, 2, 29), 11_016);
        assert_eq!(days_since_1970(2000, 3, 1), 11_017);
        assert_eq!(days_since_1970(2024, 12, 31), 20_088);
    }

    #[test]
    fn both_kinds_of_time_mean_the_same() {
        let words = [2016u16, 2, 0, 14, 17, 12, 47, 246];
        let bytes: Vec<u8> = words.into_iter().flat_map(u16::to_le_bytes).collect();
        let nanoseconds = system_time(bytes.first_chunk().unwrap());
        assert_eq!(nanoseconds, 1_455_469_967_246_000_000);
        assert_eq!(file_time(130_999_435_672_460_000), nanoseconds);
    }

    proptest! {
        #[test]
        fn any_time_is_one(bytes: [u8; 16], units: u64) {
            let _ = (system_time(&bytes), file_time(units));
        }
    }
}
